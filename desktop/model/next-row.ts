/** What is known of the telephones that are there, as far as the next ones follow from it. */
export interface RowNeighbour {
  id: number;
  fullName: string;
  username: string;
  internal: string | null;
}

/** The form of a new row, filled in; `internalFrom` is missing where the others have no numbers in a row. */
export interface NextRow {
  fullName: string;
  username: string;
  from: number;
  to: number;
  digits?: number;
  internalFrom?: string;
}

/** So many are proposed: a row of desks. */
const ROW = 10;
const HIGHEST = 999_999;
const FIRST: NextRow = { fullName: "Desk {n}", username: "desk-{n}", from: 1, to: ROW };

/** `Desk 007` with `desk-007` as a pattern, its number and how it is written; null where both do not end in one number. */
function patternOf({ fullName, username }: RowNeighbour) {
  const name = /^(.*?)(\d{1,6})$/.exec(fullName);
  const user = /^(.*?)(\d{1,6})$/.exec(username);
  if (!name?.[2] || !user || name[2] !== user[2] || !name[1]?.trim() || !user[1]) return null;
  const written = name[2];
  const digits = written.startsWith("0") && written.length > 1 ? written.length : 1;
  return { fullName: `${name[1]}{n}`, username: `${user[1]}{n}`, n: Number(written), digits };
}

/**
 * What a new row most likely is: the pattern that most telephones of the house follow, the newest of several, from the
 * first free stretch behind its last one; with internal numbers where its last one has one, from the first stretch
 * behind it that nobody has (`taken`: people's numbers, too). A house without such telephones begins with Desk 1.
 */
export function nextRow(telephones: readonly RowNeighbour[], taken: ReadonlySet<string>): NextRow {
  const rows = new Map<string, { one: RowNeighbour; n: number; digits: number }[]>();
  for (const one of telephones) {
    const pattern = patternOf(one);
    if (pattern === null) continue;
    const key = JSON.stringify([pattern.fullName, pattern.username]);
    rows.set(key, [...(rows.get(key) ?? []), { one, n: pattern.n, digits: pattern.digits }]);
  }
  const newest = (row: readonly { one: RowNeighbour }[]) => Math.max(...row.map(({ one }) => one.id));
  const [best] = [...rows].sort(([, a], [, b]) => b.length - a.length || newest(b) - newest(a));
  if (best === undefined) return freeFrom(FIRST, 1, telephones);
  const [key, row] = best;
  const [fullName, username] = JSON.parse(key) as [string, string];
  const last = row.reduce((highest, one) => (one.n > highest.n ? one : highest));
  const digits = Math.max(...row.map((one) => one.digits));
  const next = freeFrom({ ...FIRST, fullName, username, ...(digits > 1 ? { digits } : {}) }, last.n + 1, telephones);
  const internal = last.one.internal === null ? null : freeNumbers(last.one.internal, taken, next.to - next.from + 1);
  return internal === null ? next : { ...next, internalFrom: internal };
}

/** The row from the first number on at which none of its names is taken. */
function freeFrom(row: NextRow, first: number, telephones: readonly RowNeighbour[]): NextRow {
  const usernames = new Set(telephones.map(({ username }) => username.toLowerCase()));
  const isTaken = (n: number) =>
    usernames.has(row.username.replaceAll("{n}", String(n).padStart(row.digits ?? 1, "0")).toLowerCase());
  const from = stretch(first, ROW, HIGHEST, isTaken);
  return from === null ? row : { ...row, from, to: from + ROW - 1 };
}

/** The first of so many numbers in a row behind `last` that nobody has, as long as it is; null where there are none. */
function freeNumbers(last: string, taken: ReadonlySet<string>, count: number): string | null {
  const write = (n: number) => String(n).padStart(last.length, "0");
  const first = stretch(Number(last) + 1, count, 10 ** last.length - 1, (n) => taken.has(write(n)));
  return first === null ? null : write(first);
}

/** Where the first `count` free numbers in a row begin, from `first` to `highest`; null where there are none. */
function stretch(first: number, count: number, highest: number, isTaken: (n: number) => boolean): number | null {
  let start = first;
  for (let n = first; n <= highest; n += 1) {
    if (isTaken(n)) start = n + 1;
    else if (n - start + 1 === count) return start;
  }
  return null;
}
