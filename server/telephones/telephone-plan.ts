import { Check } from "typebox/value";
import { type BulkBody, type ImportColumn, type LineProblem, MOST_AT_ONCE } from "../../contract/telephones.ts";
import { TelephoneBody } from "../../contract/views.ts";

/** One telephone that is to be made. An empty cell is null. */
export interface PlannedLine {
  /** Of the file; of a row of telephones the number that `{n}` stands for. */
  line: number;
  fullName: string;
  username: string;
  internal: string | null;
  place: string | null;
  model: string | null;
  /** The username of its owner. */
  owner: string | null;
  secret: string | null;
}

export interface Plan {
  rows: PlannedLine[];
  problems: LineProblem[];
}

/** What the house has already, by the name in lower case or by the number: who that is, in words. */
export interface TakenNames {
  usernames: ReadonlyMap<string, string>;
  internals: ReadonlyMap<string, string>;
  /** Agents by their usernames in lower case. */
  owners: ReadonlyMap<string, number>;
}

const { fullName, username, internal, place, model, password } = TelephoneBody.properties;

/** Column, what must hold of it, and the words where it does not. */
const RULES = [
  ["name", "fullName", fullName, "needs 1 to 120 printable characters"],
  ["username", "username", username, "needs 1 to 40 letters, digits, dots, dashes or underscores"],
  ["internal", "internal", internal, "must be 2 to 8 digits"],
  ["place", "place", place, "must be at most 80 printable characters"],
  ["model", "model", model, "is not one of the models"],
  ["secret", "secret", password, "needs 8 to 80 characters without blanks or accents"],
] as const;

/** `Desk {n}` from 1 to 20, as the telephones that come of it. More than MOST_AT_ONCE are a problem, not a list. */
export function planOfPattern(body: BulkBody): Plan {
  const { from, to } = body;
  const whole = (column: string, words: string): Plan => ({ rows: [], problems: [{ line: from, column, words }] });
  if (to < from) return whole("to", `must be ${from} or more`);
  if (to - from >= MOST_AT_ONCE) return whole("to", `makes more than ${MOST_AT_ONCE} telephones at once`);
  const first = body.internalFrom ?? null;
  const rows = Array.from({ length: to - from + 1 }, (_, index): PlannedLine => {
    const n = String(from + index).padStart(body.digits ?? 1, "0");
    return {
      line: from + index,
      fullName: body.fullName.replaceAll("{n}", n),
      username: body.username.replaceAll("{n}", n),
      // 0100 goes on with 0101: leading noughts are part of a number.
      internal: first === null ? null : String(Number(first) + index).padStart(first.length, "0"),
      place: body.place ?? null,
      model: body.model ?? null,
      owner: null,
      secret: null,
    };
  });
  return { rows, problems: [] };
}

/** Everything that stands in the way of making these, in the order of their lines. None: all of them can be made. */
export function problemsOfPlan(rows: readonly PlannedLine[], taken: TakenNames): LineProblem[] {
  const usernames = new Map<string, number>();
  const internals = new Map<string, number>();
  return rows.flatMap((row) => {
    const tell = (column: ImportColumn, words: string): LineProblem => ({ line: row.line, column, words });
    const problems = RULES.flatMap(([column, field, schema, words]) =>
      row[field] === null || Check(schema, row[field]) ? [] : [tell(column, words)],
    );
    const name = row.username.toLowerCase();
    const sameName = usernames.get(name);
    const nameOf = taken.usernames.get(name);
    if (sameName !== undefined) problems.push(tell("username", `${row.username} stands in line ${sameName} too`));
    else if (nameOf !== undefined) problems.push(tell("username", `${row.username} belongs to ${nameOf}`));
    usernames.set(name, sameName ?? row.line);
    if (row.internal !== null) {
      const sameNumber = internals.get(row.internal);
      const numberOf = taken.internals.get(row.internal);
      if (sameNumber !== undefined) problems.push(tell("internal", `${row.internal} stands in line ${sameNumber} too`));
      else if (numberOf !== undefined) problems.push(tell("internal", `${row.internal} belongs to ${numberOf}`));
      internals.set(row.internal, sameNumber ?? row.line);
    }
    if (row.owner !== null && !taken.owners.has(row.owner.toLowerCase())) {
      problems.push(tell("owner", `there is no agent with the username ${row.owner}`));
    }
    return problems;
  });
}
