import type { Session } from "../../contract/views.ts";
import { leadingCause } from "../model/agent-view.ts";
import { endsWithCallSentence } from "../model/ended-sentence.ts";
import { Banner } from "../ui/banner.tsx";
import { useHouseTime } from "./house-settings.ts";

/** Why an agent who is not on a break gets no calls: his session is about to end, a supervisor's pause with his words, or that he has not begun. */
export function HeldLine(props: { session: Session }) {
  const time = useHouseTime();
  const { endsWithCall, telephone } = props.session;
  if (endsWithCall)
    return (
      <Banner tone="paused" label="Your session ends with this call">
        <strong>{endsWithCallSentence(endsWithCall, telephone.name)}</strong> No other call reaches you until then.
      </Banner>
    );
  const supervisor = props.session.causes.find((one) => one.cause === "supervisor");
  if (supervisor !== undefined)
    return (
      <Banner tone="paused" label="Paused by a supervisor">
        <strong>
          {supervisor.by?.name ?? "A supervisor"} paused you at {time.when(supervisor.since)}
          {supervisor.reason ? `: “${supervisor.reason}”` : "."}
        </strong>{" "}
        You get no calls until a supervisor ends it.
      </Banner>
    );
  if (leadingCause(props.session)?.cause !== "login-in-pause") return null;
  return (
    <Banner tone="paused" label="Not ready yet">
      <strong>Press Ready to take calls.</strong> You are logged in and get none until then.
    </Banner>
  );
}
