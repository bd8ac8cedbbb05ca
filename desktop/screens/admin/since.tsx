import type { Telephone } from "../../../contract/views.ts";
import { uncleanReason } from "../../model/telephone-state.ts";
import { useHouseTime } from "../house-settings.ts";

/** A name, and since when: the time alone, the word at the pointer. */
export function Since(props: { name: string; since: string }) {
  const when = useHouseTime().when(props.since);
  return (
    <span title={`${props.name} since ${when}`}>
      {props.name} <span className="quiet">{when}</span>
    </span>
  );
}

/** Who left without logging out, when, and what ended it. */
export function Left(props: NonNullable<Telephone["lastUnclean"]>) {
  const when = useHouseTime().when(props.at);
  return (
    <span title={`Ended because ${uncleanReason(props.reason)}`}>
      {props.name} <span className="quiet">{when}</span>
    </span>
  );
}
