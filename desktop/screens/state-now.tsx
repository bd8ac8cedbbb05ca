import { useEffect } from "react";
import type { Snapshot } from "../../contract/snapshot.ts";
import { type AgentView, agentView, lastCallEnd } from "../model/agent-view.ts";
import { State } from "../ui/state.tsx";
import { Countdown, LimitTimer, Timer } from "../ui/timer.tsx";
import { remember, remembered } from "../ui/use-remembered.ts";
import { useDesk } from "./desk.ts";

/** The agent's state: shape, word and time; of a wrap-up the time that is left, of a break with a length both. */
export function StateNow() {
  const { snapshot } = useDesk();
  const view = agentView(snapshot, useLastCallEnd(snapshot));
  if (view.state === "signed-off") return <span className="quiet">{view.word}</span>;
  return (
    <span className="bar-state">
      <State name={view.state} word={view.word} block />
      <StateTime view={view} />
      {view.next ? <span className="bar-next">{view.next}</span> : null}
    </span>
  );
}

function StateTime({ view }: { view: AgentView }) {
  if (view.dueAt !== null && view.state === "wrap-up")
    return (
      <span title="Left of the wrap-up">
        <Countdown until={view.dueAt} /> left
      </span>
    );
  if (view.since === null) return null;
  return view.dueAt === null ? <Timer since={view.since} /> : <LimitTimer since={view.since} dueAt={view.dueAt} />;
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
