import type { ItemState } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import { type Actor, may } from "../staff/permission.ts";

/** What an act on an item is decided by. */
export interface ItemFacts {
  id: number;
  state: ItemState;
  taken: { id: number; name: string; since: Date } | null;
  doneBy: number | null;
  doneAt: Date | null;
}

/** Where an act leaves it. `takenBy` null: nobody has it. */
export type ItemNext = { state: "open" } | { state: "taken"; takenBy: number } | { state: "done" };

/** So long whoever disposed one can take that back; then it may be counted. */
const UNDO_MS = 10 * 60_000;

/** Until when whoever disposed it can take that back; null: nobody can. */
export const undoUntil = ({ doneBy, doneAt }: Pick<ItemFacts, "doneBy" | "doneAt">): Date | null =>
  doneBy === null || doneAt === null ? null : new Date(doneAt.getTime() + UNDO_MS);

/*
 * Who may what with an item that he sees. "leads": a supervisor or an administrator.
 *
 *              open                    taken by me          taken by another       done
 * take         taken by me             the same             no: who has it         no
 * give back    no                      open                 leads: open            no
 * assign       leads: taken by him     leads: by him        leads: by him          no
 * call         taken by me             the same             no: who has it         no
 * dispose      done                    done                 leads: done            no
 * reopen       no                      no                   no                     me, in time: taken by me; leads: open
 */

/** What nobody has becomes mine; what I have stays mine. Also before I call. */
export function decideTake(actor: Actor, item: ItemFacts): ItemNext | Refusal {
  if (item.state === "done") return isDone();
  if (item.taken !== null && item.taken.id !== actor.staffId) return isTaken(item.taken);
  return { state: "taken", takenBy: actor.staffId };
}

export function decideGiveBack(actor: Actor, item: ItemFacts): ItemNext | Refusal {
  if (item.state === "done") return isDone();
  if (item.taken === null) return new Refusal("item.not-taken", "Nobody has this item: there is nothing to give back.");
  if (item.taken.id !== actor.staffId && !may(actor, "items.lead")) return notYours(item.taken);
  return { state: "open" };
}

/** `agent`: who is to have it; null: there is no such agent. */
export function decideAssign(item: ItemFacts, agent: { id: number } | null): ItemNext | Refusal {
  if (item.state === "done") return isDone();
  if (agent === null)
    return new Refusal("reference.unknown", "There is no such agent who can sign in.", { field: "agentId" });
  return { state: "taken", takenBy: agent.id };
}

export function decideDispose(actor: Actor, item: ItemFacts): ItemNext | Refusal {
  if (item.state === "done") return isDone();
  if (item.taken !== null && item.taken.id !== actor.staffId && !may(actor, "items.lead")) return notYours(item.taken);
  return { state: "done" };
}

export function decideReopen(actor: Actor, item: ItemFacts, now: Date): ItemNext | Refusal {
  if (item.state !== "done") return new Refusal("item.not-done", "This item is not done: there is nothing to reopen.");
  const until = undoUntil(item);
  const mine = item.doneBy === actor.staffId;
  if (mine && until !== null && now <= until) return { state: "taken", takenBy: actor.staffId };
  if (may(actor, "items.lead")) return { state: "open" };
  if (!mine) {
    return new Refusal("item.not-yours", "Somebody else disposed this item. A supervisor can reopen it.");
  }
  const title = `What was disposed can be taken back for ${UNDO_MS / 60_000} minutes. A supervisor still can.`;
  return new Refusal("item.too-late", title, until === null ? {} : { until: until.toISOString() });
}

const isDone = () => new Refusal("item.done", "This item is done already. It has to be reopened first.");
const facts = ({ id, name, since }: NonNullable<ItemFacts["taken"]>) => ({
  by: { id, name },
  since: since.toISOString(),
});
const isTaken = (taken: NonNullable<ItemFacts["taken"]>) =>
  new Refusal("item.taken", `${taken.name} has this item.`, facts(taken));
const notYours = (taken: NonNullable<ItemFacts["taken"]>) =>
  new Refusal(
    "item.not-yours",
    `${taken.name} has this item. A supervisor can give it to somebody else.`,
    facts(taken),
  );
