/** Where a database is and who asks it. */
export interface DatabaseAddress {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  /** `unchecked`: encrypted, whoever answers; `checked`: by a certificate that is trusted. */
  encryption: "none" | "unchecked" | "checked";
}

const ENCRYPTIONS: Readonly<Record<string, DatabaseAddress["encryption"]>> = {
  disable: "none",
  require: "unchecked",
  "verify-full": "checked",
};
const FORM = "Write it as postgresql://user:password@host:5432/name.";

/**
 * Reads `postgresql://user:password@host:port/name?sslmode=…` (PostgreSQL's manual, 34.1.1.2). Without `sslmode` it is
 * encrypted. Anything else is answered in words that hold nothing of it.
 */
export function readDatabaseAddress(text: string): DatabaseAddress | string {
  const url = URL.parse(text);
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) return FORM;
  const [user, password, database] = [url.username, url.password, url.pathname.slice(1)].map(decoded);
  if (!user || !password || !database || url.hostname === "") return FORM;
  for (const name of url.searchParams.keys()) {
    if (name !== "sslmode") return "Of what stands behind ? only sslmode is known.";
  }
  const encryption = ENCRYPTIONS[url.searchParams.get("sslmode") ?? "require"];
  if (encryption === undefined) return "sslmode is disable, require or verify-full.";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return { host, port: url.port === "" ? 5432 : Number(url.port), database, user, password, encryption };
}

/** The same for people: without the password. */
export const databaseWords = ({ host, port, database, user }: DatabaseAddress): string =>
  `${database} at ${host.includes(":") ? `[${host}]` : host}:${port} as ${user}`;

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
