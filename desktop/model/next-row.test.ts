import { describe, expect, it } from "vitest";
import { nextRow, type RowNeighbour } from "./next-row.ts";

const telephone = (id: number, fullName: string, username: string, internal: string | null = null): RowNeighbour => ({
  id,
  fullName,
  username,
  internal,
});
const desks = (count: number, internal: (n: number) => string | null = () => null) =>
  Array.from({ length: count }, (_, at) => telephone(at + 1, `Desk ${at + 1}`, `desk-${at + 1}`, internal(at + 1)));
const numbersOf = (rows: readonly RowNeighbour[], ...people: string[]) =>
  new Set([...rows.flatMap(({ internal }) => internal ?? []), ...people]);

describe("the next row of telephones", () => {
  it("begins with Desk 1 in a house that has none", () => {
    expect(nextRow([], new Set())).toEqual({ fullName: "Desk {n}", username: "desk-{n}", from: 1, to: 10 });
  });

  it("goes on behind the last one, gaps or not", () => {
    const rows = desks(12).filter(({ id }) => id !== 5);
    expect(nextRow(rows, new Set())).toMatchObject({ fullName: "Desk {n}", username: "desk-{n}", from: 13, to: 22 });
  });

  it("follows the pattern of most of them, with its noughts", () => {
    const rows = [
      ...desks(2),
      ...[8, 9, 10].map((n) =>
        telephone(10 + n, `Sala A ${String(n).padStart(3, "0")}`, `a${String(n).padStart(3, "0")}`),
      ),
      telephone(99, "Reception", "reception"),
    ];
    expect(nextRow(rows, new Set())).toEqual({
      fullName: "Sala A {n}",
      username: "a{n}",
      from: 11,
      to: 20,
      digits: 3,
    });
  });

  it("steps over a name that is taken by another telephone", () => {
    const rows = [...desks(3), telephone(50, "Manager", "DESK-6")];
    expect(nextRow(rows, new Set())).toMatchObject({ from: 7, to: 16 });
  });

  it("proposes internal numbers behind the last one's, that nobody has", () => {
    const rows = desks(9, (n) => `10${n}`);
    expect(nextRow(rows, numbersOf(rows, "201")).internalFrom).toBe("110");
    expect(nextRow(rows, numbersOf(rows, "115")).internalFrom).toBe("116");
  });

  it("proposes none where the last one has none, or where no stretch of that length is left", () => {
    const rows = [...desks(3, (n) => `10${n}`), telephone(9, "Desk 4", "desk-4")];
    expect(nextRow(rows, numbersOf(rows)).internalFrom).toBeUndefined();
    const high = desks(2, (n) => `99${n + 6}`);
    expect(nextRow(high, numbersOf(high)).internalFrom).toBeUndefined();
  });

  it("begins with Desk 1 beside telephones that have no numbers, unless that is taken", () => {
    expect(nextRow([telephone(1, "Reception", "reception")], new Set())).toMatchObject({ from: 1, to: 10 });
    expect(nextRow([telephone(1, "Old one", "desk-3")], new Set())).toMatchObject({ from: 4, to: 13 });
  });
});
