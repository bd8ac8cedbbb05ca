import type { Session } from "../../contract/views.ts";
import { phoneSignal } from "../model/phone-signal.ts";
import { useServerNow } from "../ui/server-clock.tsx";
import { Signal } from "../ui/state.tsx";
import { useDesk } from "./desk.ts";
import { useHouseTime } from "./house-settings.ts";

/** The two signals, side by side and never one for the other: the telephone's, and this desktop's line. */
export function Signals(props: { session: Session | null }) {
  const { staleSince } = useDesk();
  const now = useServerNow();
  const time = useHouseTime();
  const phone = props.session === null ? null : phoneSignal(props.session, now, time);
  return (
    <span className="bar-signals">
      {phone ? (
        <Signal on={phone.light === "on"} doubtful={phone.light === "doubtful"} word={phone.word} title={phone.title} />
      ) : null}
      <Signal
        on={staleSince === null}
        word="desktop"
        title={
          staleSince === null
            ? "This desktop is connected"
            : `This desktop is not connected since ${time.when(staleSince)}`
        }
      />
    </span>
  );
}
