import type { Item, ItemAct, ItemCounts, ItemKind, Me } from "../../contract/views.ts";
import { pathText } from "./disposition-cursor.ts";
import { clockText } from "./elapsed.ts";
import type { HouseTime } from "./house-time.ts";
import { phoneNumberText } from "./phone-number.ts";

/** Items in words, and what somebody can do with one. Pure. */

export const ITEM_KIND_WORDS: Record<ItemKind, string> = { voicemail: "Voicemail", callback: "Callback" };

type Who = Pick<Me, "id" | "role">;

/**
 * What can be done with an item by whom.
 *
 *   state   whose        take   call   give back   dispose   assign   reopen
 *   open    nobody's     yes    yes    –           yes       lead     –
 *   taken   mine         –      yes    yes         yes       lead     –
 *   taken   another's    –      –      lead        lead      lead     –
 *   done    I did it     –      –      –           –         –        until `undoUntil`
 *   done    another did  –      –      –           –         –        lead
 *
 * `lead`: supervisors and administrators. To take and to call needs an agent, who has a telephone.
 */
export interface ItemRights {
  take: boolean;
  call: boolean;
  giveBack: boolean;
  dispose: boolean;
  assign: boolean;
  reopen: boolean;
}

/** `now` in milliseconds, by the server's clock. */
export function itemRights(item: Item, me: Who, now: number): ItemRights {
  const agent = me.role === "agent";
  const open = item.state === "open";
  const mine = item.taken?.by.id === me.id;
  const undo = item.done?.by?.id === me.id && item.undoUntil !== null && now < Date.parse(item.undoUntil);
  return {
    take: agent && open,
    call: agent && (open || mine) && item.number !== "",
    giveBack: item.state === "taken" && (mine || !agent),
    dispose: item.state !== "done" && (open || mine || !agent),
    assign: !agent && item.state !== "done",
    reopen: item.state === "done" && (undo || !agent),
  };
}

/** Who it is, as well as we know: the contact, else the number. */
export function itemName(item: Pick<Item, "contact" | "number" | "caller">): string {
  return item.contact?.name ?? (phoneNumberText(item.number || item.caller) || "Number withheld");
}

/** For whom it waits: its queue, or the agent it was left for, or both. */
export function itemFor(item: Pick<Item, "queue" | "owner">, meId: number): string {
  const owner = item.owner === null ? null : item.owner.id === meId ? "You" : item.owner.name;
  return [item.queue?.name, owner].filter((one) => one !== undefined && one !== null).join(" · ");
}

/** How it stands, in a few words. */
export function itemStateWords(item: Pick<Item, "state" | "taken" | "done">, meId: number, time: HouseTime): string {
  if (item.taken !== null)
    return `${item.taken.by.id === meId ? "You" : item.taken.by.name}, since ${time.when(item.taken.since)}`;
  if (item.done !== null) return pathText(item.done.disposition) || "Ended by the house";
  return "Open";
}

/** How long a message is, and whether anybody heard it; null for what has none. */
export function itemSoundWords(sound: Item["sound"]): string | null {
  if (sound === null) return null;
  const length = clockText(sound.lengthMs);
  if (sound.state !== "kept") return `${length} ${sound.state}`;
  return sound.heard === null ? `${length} new` : length;
}

const ACT_WORDS: Record<ItemAct["act"], string> = {
  made: "came in",
  taken: "took it",
  "given-back": "gave it back",
  assigned: "gave it to",
  called: "called",
  disposed: "disposed it:",
  reopened: "reopened it",
  heard: "heard the message",
  downloaded: "downloaded the message",
  "sound-removed": "removed the message",
};

/** What was done with an item, as a sentence without its time. */
export function itemActSentence(act: ItemAct): string {
  if (act.act === "made") return "It came in";
  const who = act.by?.name ?? "The house";
  const words = act.act === "called" ? phoneNumberText(act.words) : act.words;
  return [who, ACT_WORDS[act.act], words].filter((one) => one !== "").join(" ");
}

/** How much waits for the reader: what he could take, and what he has; for who leads, all that nobody has yet. */
export function itemsWaiting(counts: ItemCounts): number {
  return counts.open + counts.taken;
}

/** The oldest open one of all that the counts speak of; null where none is open. */
export function oldestItem(counts: ItemCounts): string | null {
  const instants = [...counts.queues.map(({ since }) => since), counts.agents?.since ?? null];
  return instants.filter((one) => one !== null).sort()[0] ?? null;
}
