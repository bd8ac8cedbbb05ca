import { describe, expect, it } from "vitest";
import { choices } from "../../contract/snapshot.ts";
import type { Choice } from "../../contract/views.ts";
import { choiceSentence } from "./choice-sentence.ts";
import { houseTime } from "./house-time.ts";
import { cursorOn, DRAWN, isAskable, stepped, telephoneList } from "./telephone-list.ts";

const NOW = Date.parse("2026-03-02T12:00:00Z");
const one = (id: number, name: string, state: Choice["state"], over: Partial<Choice> = {}): Choice => ({
  id,
  name,
  internal: String(2000 + id),
  place: "Floor 1",
  state,
  registered: state !== "not-registered",
  ...over,
});
const anna = { id: 6, name: "Anna Rossi", since: "2026-03-02T07:58:00Z" };
const house = choices(
  [
    one(1, "Desk 1", "free"),
    one(2, "Desk 2", "in-use", { heldBy: anna }),
    one(10, "Desk 10", "free"),
    one(3, "Fax", "not-registered"),
  ],
  false,
);

describe("the list of telephones", () => {
  it("has what can be chosen on top, in the house's order", () => {
    const list = telephoneList(house, "");
    expect(list.open.map((each) => each.name)).toEqual(["Desk 1", "Desk 10"]);
    expect(list.closed.map((each) => each.name)).toEqual(["Desk 2", "Fax"]);
  });

  it("is narrowed by name, number and place, best answer first", () => {
    expect(telephoneList(house, "desk 10").open.map((each) => each.id)).toEqual([10]);
    expect(telephoneList(house, "2010").open.map((each) => each.id)).toEqual([10]);
    expect(telephoneList(house, "floor").open).toHaveLength(2);
    expect(telephoneList(house, "cellar").open).toHaveLength(0);
  });

  it("draws no more than anybody reads, and says how many there are", () => {
    const many = choices(
      Array.from({ length: 1000 }, (_, id) => one(id + 1, `Desk ${id}`, "free")),
      false,
    );
    const list = telephoneList(many, "");
    expect(list.open).toHaveLength(DRAWN);
    expect(list.more).toBe(1000 - DRAWN);
  });

  it("preselects the last telephone if it is free, else the first", () => {
    const list = telephoneList(house, "");
    expect(cursorOn(list, "", null, 10)?.id).toBe(10);
    expect(cursorOn(list, "", null, 2)?.id).toBe(1);
    expect(cursorOn(telephoneList(choices([], false), ""), "", null, 2)).toBeNull();
  });

  it("keeps the cursor on its telephone while it can be chosen", () => {
    expect(cursorOn(telephoneList(house, ""), "", 10, 1)?.id).toBe(10);
    const taken = choices([one(1, "Desk 1", "free"), one(10, "Desk 10", "in-use", { heldBy: anna })], false);
    expect(cursorOn(telephoneList(taken, ""), "", 10, null)?.id).toBe(1);
  });

  it("puts the cursor on the telephone whose name is typed, whatever was used last", () => {
    const floor = choices(
      [
        one(103, "Desk 3", "free", { internal: "103" }),
        one(110, "Desk 10", "free", { internal: "110" }),
        one(111, "Desk 11", "free", { internal: "111" }),
        one(101, "Desk 1", "free", { internal: "101" }),
      ],
      false,
    );
    const list = telephoneList(floor, "desk 1");
    expect(list.open.map((each) => each.name)).toEqual(["Desk 1", "Desk 10", "Desk 11", "Desk 3"]);
    for (const typed of ["desk 1", "Desk 1 ", "1", "101"])
      expect(cursorOn(telephoneList(floor, typed), typed, null, 103)?.name).toBe("Desk 1");
    expect(cursorOn(telephoneList(floor, "103"), "103", null, 101)?.name).toBe("Desk 3");
    expect(cursorOn(telephoneList(floor, " "), " ", null, 103)?.name).toBe("Desk 3");
    expect(cursorOn(list, "desk 1", 111, 103)?.name).toBe("Desk 11");
  });

  it("puts the cursor on no neighbour where the telephone that is typed is taken", () => {
    const floor = choices([one(10, "Desk 10", "free"), one(1, "Desk 1", "in-use", { heldBy: anna })], false);
    const list = telephoneList(floor, "desk 1");
    expect(cursorOn(list, "desk 1", null, 10)).toBeNull();
    expect(stepped(list, null, 1)).toBe(10);
    expect(cursorOn(telephoneList(floor, "desk"), "desk", null, null)?.id).toBe(10);
  });

  it("reaches a held telephone where its holder may be asked, and never by itself", () => {
    const askable = (each: { state: string }) => each.state === "in-use";
    const list = telephoneList(house, "", askable);
    expect(cursorOn(list, "", null, 2)?.id).toBe(1);
    expect(stepped(list, 10, 1)).toBe(2);
    expect(stepped(list, 2, 1)).toBe(2);
    expect(cursorOn(list, "", 2, null)?.id).toBe(2);
    expect(cursorOn(telephoneList(house, "desk 2", askable), "desk 2", null, null)?.id).toBe(2);
    expect(cursorOn(telephoneList(house, "fax", askable), "fax", null, null)).toBeNull();
  });

  it.each([
    ["somebody else's whose desktop is there", "in-use", 7, false, true],
    ["my own", "in-use", 6, false, false],
    ["one whose agent went without a logout", "not-logged-out", 7, false, false],
    ["one that may be taken over", "in-use", 7, true, false],
  ] as const)("may be asked for: %s", (_, state, me, noneRegistered, expected) => {
    const [held] = choices([one(2, "Desk 2", state, { heldBy: anna })], noneRegistered).telephones;
    expect(held && isAskable(held, me)).toBe(expected);
  });

  it("steps over what can be chosen and stays at the ends", () => {
    const list = telephoneList(house, "");
    expect(stepped(list, 1, 1)).toBe(10);
    expect(stepped(list, 10, 1)).toBe(10);
    expect(stepped(list, 1, -8)).toBe(1);
  });
});

describe("a telephone's sentence", () => {
  it.each([
    [one(1, "Desk 1", "free"), "free"],
    [one(1, "Desk 1", "in-use", { heldBy: anna }), "in use: Anna Rossi since 08:58"],
    [
      one(1, "Desk 1", "not-logged-out", { heldBy: anna, freeAt: "2026-03-02T08:13:00Z" }),
      "busy: Anna Rossi since 08:58, did not log out; free at 09:13",
    ],
    [one(1, "Desk 1", "not-logged-out", { heldBy: anna }), "busy: Anna Rossi since 08:58, did not log out"],
    [one(1, "Desk 1", "not-registered"), "not registered"],
    [one(1, "Desk 1", "not-registered", { heldBy: anna }), "not registered; held by Anna Rossi since 08:58"],
    [one(1, "Desk 1", "disabled"), "switched off by an administrator"],
  ])("says who and why", (choice, sentence) => {
    expect(choiceSentence(choice, houseTime(NOW, "Europe/Rome"))).toBe(sentence);
  });
});
