import { whenText } from "../../model/elapsed.ts";
import { useServerNow } from "../../ui/server-clock.tsx";

/** A name, and since when. */
export function Since(props: { name: string; since: string }) {
  return (
    <>
      {props.name} <span className="quiet">since {whenText(props.since, useServerNow())}</span>
    </>
  );
}
