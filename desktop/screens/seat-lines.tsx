import { AskedLine } from "./asked-line.tsx";
import { useDesk } from "./desk.ts";
import { HeldLine } from "./held-line.tsx";
import { PhoneLine } from "./phone-line.tsx";
import { TakeoverQuestion } from "./takeover-question.tsx";

/** The lines under the status bar, what needs an answer first. Each stands only while it is true. */
export function SeatLines() {
  const { snapshot } = useDesk();
  const { session, askedFor } = snapshot;
  return (
    <>
      {session?.takeoverRequest ? <TakeoverQuestion session={session} request={session.takeoverRequest} /> : null}
      {askedFor ? <AskedLine asked={askedFor} /> : null}
      {session ? <PhoneLine session={session} /> : null}
      {session ? <HeldLine session={session} /> : null}
    </>
  );
}
