import { expect, it } from "vitest";
import { type PlannedLine, planOfPattern, problemsOfPlan, type TakenNames } from "./telephone-plan.ts";

const nothing: TakenNames = { usernames: new Map(), internals: new Map(), owners: new Map() };
const line = (n: number, over: Partial<PlannedLine> = {}): PlannedLine => ({
  line: n,
  fullName: `Desk ${n}`,
  username: `desk-${n}`,
  internal: null,
  place: null,
  model: null,
  owner: null,
  secret: null,
  ...over,
});

it("counts names and numbers on, keeping the noughts in front", () => {
  const { rows, problems } = planOfPattern({
    fullName: "Desk {n}",
    username: "desk-{n}",
    from: 9,
    to: 11,
    digits: 3,
    internalFrom: "0199",
    place: "Floor 1",
    model: "snom",
  });
  expect(problems).toEqual([]);
  expect(rows.map(({ fullName, username, internal }) => [fullName, username, internal])).toEqual([
    ["Desk 009", "desk-009", "0199"],
    ["Desk 010", "desk-010", "0200"],
    ["Desk 011", "desk-011", "0201"],
  ]);
  expect(rows[0]).toMatchObject({ place: "Floor 1", model: "snom" });
});

it.each([
  [5, 4],
  [1, 1001],
])("does not count from %i to %i", (from, to) => {
  const { rows, problems } = planOfPattern({ fullName: "D {n}", username: "d{n}", from, to });
  expect(rows).toEqual([]);
  expect(problems).toMatchObject([{ column: "to" }]);
});

it("finds nothing wrong with what can be made", () => {
  const taken = { ...nothing, owners: new Map([["anna", 3]]) };
  expect(problemsOfPlan([line(1), line(2, { internal: "102", owner: "Anna", secret: "long-enough" })], taken)).toEqual(
    [],
  );
});

it("says of each line what stands in its way, and who has what it wants", () => {
  const taken: TakenNames = {
    usernames: new Map([["desk-2", "the telephone Desk 2"]]),
    internals: new Map([["201", "the agent Anna Rossi"]]),
    owners: new Map(),
  };
  const rows = [
    line(2),
    line(3, { internal: "201" }),
    line(4, { username: "DESK-3", internal: "7" }),
    line(5, { model: "nokia", owner: "nobody", secret: "short", place: "x".repeat(81) }),
    line(6, { fullName: "", username: "has blanks" }),
    line(7, { username: "desk-3", internal: "300" }),
    line(8, { internal: "300" }),
  ];
  expect(problemsOfPlan(rows, taken).map(({ line: n, column, words }) => `${n} ${column}: ${words}`)).toEqual([
    "2 username: desk-2 belongs to the telephone Desk 2",
    "3 internal: 201 belongs to the agent Anna Rossi",
    "4 internal: must be 2 to 8 digits",
    "4 username: DESK-3 stands in line 3 too",
    "5 place: must be at most 80 printable characters",
    "5 model: is not one of the models",
    "5 secret: needs 8 to 80 characters without blanks or accents",
    "5 owner: there is no agent with the username nobody",
    "6 name: needs 1 to 120 printable characters",
    "6 username: needs 1 to 40 letters, digits, dots, dashes or underscores",
    "7 username: desk-3 stands in line 3 too",
    "8 internal: 300 stands in line 7 too",
  ]);
});
