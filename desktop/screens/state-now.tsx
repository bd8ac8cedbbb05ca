import { useEffect } from "react";
import type { Snapshot } from "../../contract/snapshot.ts";
import { agentView, lastCallEnd } from "../model/agent-view.ts";
import { clockText } from "../model/elapsed.ts";
import { useServerNow } from "../ui/server-clock.tsx";
import { State } from "../ui/state.tsx";
import { Timer } from "../ui/timer.tsx";
import { remember, remembered } from "../ui/use-remembered.ts";
import { useDesk } from "./desk.ts";

/** The agent's state: shape, word and time; of a wrap-up the time that is left. */
export function StateNow() {
  const { snapshot } = useDesk();
  const now = useServerNow();
  const view = agentView(snapshot, useLastCallEnd(snapshot));
  if (view.state === "signed-off") return <span className="quiet">{view.word}</span>;
  return (
    <span className="bar-state">
      <State name={view.state} word={view.word} block />
      {view.dueAt ? (
        <span className="timer" role="timer" aria-live="off" title="Left of the wrap-up">
          {clockText(Date.parse(view.dueAt) - now)} left
        </span>
      ) : view.since ? (
        <Timer since={view.since} />
      ) : null}
      {view.next ? <span className="bar-next">then {view.next}</span> : null}
    </span>
  );
}

const LAST_END = "last-call-end";

/** When the session's last call ended, also after it was disposed and the page loaded again. */
function useLastCallEnd(snapshot: Snapshot): string | null {
  const kept = remembered<{ session: number; end: string }>(LAST_END);
  const session = snapshot.session?.id ?? null;
  const end = lastCallEnd(snapshot, kept?.session === session ? (kept?.end ?? null) : null);
  useEffect(() => {
    if (session !== null && end !== null) remember(LAST_END, { session, end });
  }, [session, end]);
  return end;
}
