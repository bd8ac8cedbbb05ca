import pg from "pg";

/** Socket errors of a server that cannot be reached (errno(3)) and of a name that cannot be resolved (getaddrinfo(3)). */
const SOCKET = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENOENT",
]);
/** What pg says, without a code, when a connection breaks under a query or none could be had in time. */
const SPOKEN =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable/i;

/**
 * Whether a failed query means that the database is away, and will be back, rather than that the query was wrong.
 * PostgreSQL's own words for it are class 08 (connection), 53300 (too many), 57P01 to 57P03 (shutting down, starting).
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isOutage);
  if (error instanceof pg.DatabaseError) return /^(08|53300|57P0[123])/.test(error.code ?? "");
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && SOCKET.has(error.code)) return true;
  return SPOKEN.test(error.message);
}

/** Where a database is, without the name and password in its address. */
export function withoutSecrets(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return "the address given";
  }
}
