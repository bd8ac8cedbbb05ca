import { Refusal } from "../refusal.ts";
import { type Actor, may } from "../staff/permission.ts";

/** What is known of the leg that somebody wants to dispose. */
export interface DisposableLeg {
  answeredAt: Date | null;
  endedAt: Date | null;
  /** Whose call it is: the owner of a personal telephone, else who sat there, else who disposed it before. */
  agentId: number | null;
}

/** How the audit log names a call that was disposed. */
export const disposedCall = (legId: string): string => `call ${legId}`;

/**
 * Whose call it becomes, or why it cannot be disposed. An agent disposes his own calls until the deadline; a supervisor
 * anybody's at any time (domain.md, "Who is the user of a call").
 */
export function decideDisposition(
  actor: Actor,
  leg: DisposableLeg | null,
  now: Date,
  deadlineHours: number,
): { agentId: number } | Refusal {
  if (leg === null) return new Refusal("call.unknown", "There is no such call.");
  if (leg.answeredAt === null) return new Refusal("call.unknown", "Nobody answered this call, so it has no outcome.");
  const others = may(actor, "calls.dispose-others");
  if (leg.agentId === null) {
    return new Refusal("disposition.not-yours", "Nobody sat at this telephone when it rang: the call has no agent.");
  }
  if (leg.agentId !== actor.staffId && !others) {
    return new Refusal("disposition.not-yours", "This call was taken by somebody else. A supervisor can dispose it.");
  }
  const until = leg.endedAt === null ? null : new Date(leg.endedAt.getTime() + deadlineHours * 3_600_000);
  if (until !== null && until < now && !others) {
    const title = `A call can be disposed for ${deadlineHours} hours after its end. A supervisor still can.`;
    return new Refusal("disposition.too-late", title, { until: until.toISOString() });
  }
  return { agentId: leg.agentId };
}

export interface TreeName {
  id: number;
  name: string;
  parentId: number | null;
}

/** Whether the names lead down the tree from its first level. */
export function isPath(tree: readonly TreeName[], path: readonly string[]): boolean {
  let parentId: number | null = null;
  for (const name of path) {
    const node: TreeName | undefined = tree.find((one) => one.parentId === parentId && one.name === name);
    if (node === undefined) return false;
    parentId = node.id;
  }
  return path.length > 0;
}
