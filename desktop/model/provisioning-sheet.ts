import type { Registrar } from "../../contract/views.ts";

/** What is entered on one device. */
export interface Account {
  fullName: string;
  internal: string | null;
  place: string | null;
  username: string;
  secret: string;
}

/** Where it registers, and what stands in the way of that; null: nothing we can see from here. */
export interface SheetServer {
  host: string;
  port: number;
  tlsPort: number | null;
  warning: string | null;
}

const LOOPBACK = /^(localhost|127(\.[0-9]{1,3}){3}|\[?::1\]?)$/i;

/** The server as a device has to know it. `pageHost` is the address this page comes from. */
export function sheetServer(registrar: Registrar, pageHost: string): SheetServer {
  const { port, tlsPort } = registrar;
  if (registrar.host !== null) {
    const warning = LOOPBACK.test(registrar.host)
      ? `Perch takes registrations on ${registrar.host} alone: only softphones on its own machine can register. For desk phones, start it with PERCH_SIP_LISTEN set to an address of your network.`
      : null;
    return { host: registrar.host, port, tlsPort, warning };
  }
  const warning = LOOPBACK.test(pageHost)
    ? "This page was opened on Perch’s own machine. On a device, enter that machine’s address in your network."
    : null;
  return { host: pageHost.replace(/^\[(.*)\]$/, "$1"), port, tlsPort, warning };
}

/**
 * The account as a SIP address with its secret (RFC 3261, 19.1.1), which is what the code on a sheet carries. Some
 * softphones take it in; a camera shows it as text. Port and transport always stand there.
 */
export function accountUri(account: Pick<Account, "username" | "secret">, server: SheetServer): string {
  const host = server.host.includes(":") ? `[${server.host}]` : server.host;
  return `sip:${escaped(account.username)}:${escaped(account.secret)}@${host}:${server.port};transport=udp`;
}

/** What may stand unescaped in the password of a SIP address: unreserved characters and `&=+$,`. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/%(26|3D|2B|24|2C)/g, (code) => decodeURIComponent(code));
}

/** A maker's steps with this account's values in them. */
export function filledSteps(steps: readonly string[], account: Account, server: SheetServer): string[] {
  const values: Record<string, string> = {
    server: server.host,
    port: String(server.port),
    user: account.username,
    secret: account.secret,
  };
  return steps.map((step) => step.replace(/\{(server|port|user|secret)\}/g, (_, name: string) => values[name] ?? ""));
}

/** The accounts as a CSV file (RFC 4180) that a spreadsheet or a provisioning tool takes. */
export function accountsCsv(accounts: readonly Account[], server: SheetServer): string {
  const head = ["name", "username", "secret", "internal", "place", "server", "port", "transport"];
  const rows = accounts.map(({ fullName, username, secret, internal, place }) => [
    harmless(fullName),
    username,
    secret,
    internal ?? "",
    harmless(place ?? ""),
    server.host,
    String(server.port),
    "udp",
  ]);
  return `${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A spreadsheet takes a cell that begins like this for a formula and runs it (OWASP, "CSV Injection"). */
const harmless = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
