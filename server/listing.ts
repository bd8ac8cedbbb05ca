import { Refusal } from "./refusal.ts";
import type { Actor } from "./staff/permission.ts";

/** Which part of a list is asked for. */
export interface ListQuery {
  limit: number;
  /** Rows after this one; null is the beginning. */
  after: { name: string; id: number } | null;
  /** Part of a name, or whatever else the list's comment says; null is everything. */
  q: string | null;
}

export interface Listed<View> {
  rows: View[];
  next: string | null;
}

/** What every administered thing can be asked for. `Body` is what creates one, part of it changes one. */
export interface Administered<Body, View> {
  list(query: ListQuery): Promise<Listed<View>>;
  get(id: number): Promise<View | Refusal>;
  create(actor: Actor, body: Body): Promise<View | Refusal>;
  change(actor: Actor, id: number, patch: Partial<Body>): Promise<View | Refusal>;
  remove(actor: Actor, id: number): Promise<Refusal | undefined>;
}

/** Reads `?limit&cursor&q`. A cursor that we did not make is refused. */
export function readListQuery(
  query: { limit?: number; cursor?: string; q?: string },
  otherwise: number,
): ListQuery | Refusal {
  const limit = query.limit ?? otherwise;
  const q = query.q?.trim() || null;
  if (query.cursor === undefined) return { limit, after: null, q };
  const after = readCursor(query.cursor);
  if (after === null) return new Refusal("request.invalid", "The cursor is not one that a list has given out.");
  return { limit, after, q };
}

function readCursor(cursor: string): ListQuery["after"] {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (!Array.isArray(read) || read.length !== 2) return null;
    const [name, id] = read;
    return typeof name === "string" && Number.isSafeInteger(id) && !name.includes("\0") ? { name, id } : null;
  } catch {
    return null;
  }
}

/**
 * One page out of `limit + 1` rows, so that the last page is known without counting. `name` is what the list is
 * ordered by, as the database has it (lower case).
 */
export function page<Row extends { id: number; sort: string }, View>(
  rows: Row[],
  limit: number,
  view: (row: Row) => View,
): Listed<View> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? JSON.stringify([last.sort, last.id]) : null;
  return { rows: shown.map(view), next: next === null ? null : Buffer.from(next).toString("base64url") };
}
