import { whenText } from "../../model/elapsed.ts";
import { useServerNow } from "../../ui/server-clock.tsx";
import { useHouseZone } from "../house-settings.ts";

/** A name, and since when. */
export function Since(props: { name: string; since: string }) {
  const when = whenText(props.since, useServerNow(), useHouseZone());
  return (
    <>
      {props.name} <span className="quiet">since {when}</span>
    </>
  );
}
