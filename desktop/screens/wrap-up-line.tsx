import { agentView, wrapUpLeft } from "../model/agent-view.ts";
import { useServerNow } from "../ui/server-clock.tsx";
import { useDesk } from "./desk.ts";

/** What is left of a wrap-up, as a line under the status bar that gets shorter. */
export function WrapUpLine() {
  const { snapshot } = useDesk();
  const now = useServerNow();
  const view = agentView(snapshot);
  if (view.state !== "wrap-up" || view.since === null || view.dueAt === null) return null;
  const left = wrapUpLeft(view.since, view.dueAt, now);
  return <div className="wrap-up-line" style={{ width: `${(left * 100).toFixed(2)}%` }} aria-hidden="true" />;
}
