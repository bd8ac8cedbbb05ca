import { describe, expect, it } from "vitest";
import type { Item, ItemCounts } from "../../contract/views.ts";
import { houseTime } from "./house-time.ts";
import {
  itemActSentence,
  itemFor,
  itemName,
  itemRights,
  itemSoundWords,
  itemStateWords,
  itemsWaiting,
  oldestItem,
} from "./item-view.ts";

const SINCE = "2026-03-02T09:00:00.000Z";
const NOW = Date.parse("2026-03-02T09:10:00.000Z");
const ANNA = { id: 5, name: "Anna Rossi" };
const LUCA = { id: 6, name: "Luca Neri" };
const time = houseTime(NOW, "Europe/Rome");

const item = (over: Partial<Item> = {}): Item => ({
  id: 1,
  kind: "voicemail",
  state: "open",
  since: SINCE,
  queue: { id: 3, name: "Support" },
  owner: null,
  caller: "+390555550101",
  number: "+390555550101",
  contact: null,
  linkedId: "c1",
  sound: { lengthMs: 23_400, state: "kept", heard: null },
  wantedAt: null,
  attempts: 0,
  lastAttemptAt: null,
  taken: null,
  done: null,
  undoUntil: null,
  ...over,
});
const taken = (by: typeof ANNA) => item({ state: "taken", taken: { by, since: SINCE } });
const done = (by: typeof ANNA | null, undoUntil: string | null) =>
  item({ state: "done", done: { by, at: SINCE, disposition: ["Solved", "At once"], note: null }, undoUntil });
const LATER = "2026-03-02T09:15:00.000Z";
const EARLIER = "2026-03-02T09:05:00.000Z";

describe("what can be done with an item", () => {
  const can = (one: Item, role: "agent" | "supervisor", id = ANNA.id) =>
    Object.entries(itemRights(one, { id, role }, NOW))
      .filter(([, may]) => may)
      .map(([act]) => act);

  it.each([
    { of: "an open one, an agent", may: can(item(), "agent"), acts: ["take", "call", "dispose"] },
    { of: "an open one, a supervisor", may: can(item(), "supervisor"), acts: ["dispose", "assign"] },
    { of: "his own, an agent", may: can(taken(ANNA), "agent"), acts: ["call", "giveBack", "dispose"] },
    { of: "another's, an agent", may: can(taken(LUCA), "agent"), acts: [] },
    { of: "another's, a supervisor", may: can(taken(LUCA), "supervisor"), acts: ["giveBack", "dispose", "assign"] },
    { of: "one just disposed, who did it", may: can(done(ANNA, LATER), "agent"), acts: ["reopen"] },
    { of: "one disposed a while ago, who did it", may: can(done(ANNA, EARLIER), "agent"), acts: [] },
    { of: "one another disposed, an agent", may: can(done(LUCA, LATER), "agent"), acts: [] },
    { of: "one another disposed, a supervisor", may: can(done(LUCA, EARLIER), "supervisor"), acts: ["reopen"] },
    { of: "one that the house ended, an agent", may: can(done(null, null), "agent"), acts: [] },
  ])("of $of: $acts", ({ may, acts }) => {
    expect(may).toEqual(acts);
  });

  it("leaves nobody to call where no number is known", () => {
    expect(itemRights(item({ number: "" }), { id: 5, role: "agent" }, NOW).call).toBe(false);
  });
});

describe("an item in words", () => {
  it("is called by its contact, else by its number, else by what is not known", () => {
    expect(itemName(item({ contact: { id: 1, name: "Maria Bianchi", company: null } }))).toBe("Maria Bianchi");
    expect(itemName(item())).toBe("+39 055 555 0101");
    expect(itemName(item({ number: "", caller: "" }))).toBe("Number withheld");
  });

  it("says for whom it is", () => {
    expect(itemFor(item(), 5)).toBe("Support");
    expect(itemFor(item({ queue: null, owner: ANNA }), 5)).toBe("You");
    expect(itemFor(item({ owner: LUCA }), 5)).toBe("Support · Luca Neri");
  });

  it("says who has it, or how it ended, in the house's time", () => {
    expect(itemStateWords(item(), 5, time)).toBe("Open");
    expect(itemStateWords(taken(ANNA), 5, time)).toBe("You, since 10:00");
    expect(itemStateWords(taken(LUCA), 5, time)).toBe("Luca Neri, since 10:00");
    expect(itemStateWords(done(LUCA, null), 5, time)).toBe("Solved › At once");
    const ended = item({ state: "done", done: { by: null, at: SINCE, disposition: [], note: null } });
    expect(itemStateWords(ended, 5, time)).toBe("Ended by the house");
  });

  it("says how long a message is and what has become of it", () => {
    const sound = { lengthMs: 23_400, state: "kept" as const, heard: null };
    expect(itemSoundWords(sound)).toBe("00:23 new");
    expect(itemSoundWords({ ...sound, heard: { by: ANNA, at: SINCE } })).toBe("00:23");
    expect(itemSoundWords({ ...sound, state: "removed" })).toBe("00:23 removed");
    expect(itemSoundWords(null)).toBeNull();
  });

  it.each([
    { by: null, act: "made", words: "", sentence: "It came in" },
    { by: ANNA, act: "taken", words: "", sentence: "Anna Rossi took it" },
    { by: LUCA, act: "assigned", words: "Anna Rossi", sentence: "Luca Neri gave it to Anna Rossi" },
    { by: ANNA, act: "called", words: "+390555550101", sentence: "Anna Rossi called +39 055 555 0101" },
    { by: null, act: "called", words: "+390555550101", sentence: "The house called +39 055 555 0101" },
    { by: ANNA, act: "disposed", words: "Solved", sentence: "Anna Rossi disposed it: Solved" },
  ] as const)("tells an act: $sentence", ({ by, act, words, sentence }) => {
    expect(itemActSentence({ at: SINCE, by, act, words })).toBe(sentence);
  });
});

describe("the counts of items", () => {
  const counts: ItemCounts = {
    revision: 1,
    open: 4,
    taken: 2,
    left: 1,
    queues: [
      { id: 1, name: "Sales", open: 0, taken: 1, since: null },
      { id: 2, name: "Support", open: 3, taken: 1, since: LATER },
    ],
    agents: { open: 1, taken: 0, since: SINCE },
  };

  it("are what is open and what one has, and tell the oldest", () => {
    expect(itemsWaiting(counts)).toBe(6);
    expect(oldestItem(counts)).toBe(SINCE);
    expect(oldestItem({ ...counts, agents: null })).toBe(LATER);
    expect(oldestItem({ ...counts, agents: null, queues: [] })).toBeNull();
  });
});
