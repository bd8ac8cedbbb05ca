import { sql } from "kysely";
import type { ReportQuery } from "./define-report.ts";

/** No call lasts longer. */
const LONGEST_CALL_MS = 7 * 86_400_000;

/**
 * Rows stand in the month in which their call was made: said beside their own instant, so that only those months are
 * read. A row is never before its call.
 */
export function madeWithin(alias: string, { from, to }: Pick<ReportQuery, "from" | "to">) {
  const made = sql.ref(`${alias}.call_at`);
  return sql<boolean>`${made} >= ${new Date(from.getTime() - LONGEST_CALL_MS)} and ${made} < ${to}`;
}
