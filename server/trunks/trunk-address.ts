import { isIPv4, isIPv6 } from "node:net";
import { Refusal } from "../refusal.ts";

/** Where a trunk's calls come from: an address or a network, and a port where several trunks share one address. */
export interface TrunkAddress {
  address: string;
  /** Length of the network's prefix; null: this one address. */
  prefix: number | null;
  port: number | null;
}

/**
 * Reads `192.0.2.7`, `192.0.2.0/24`, `192.0.2.7:5070`, `2001:db8::7` or `2001:db8::/32`; null for anything else. A
 * port is for IPv4 alone: after an IPv6 address it could not be told from the address.
 */
export function parseTrunkAddress(text: string): TrunkAddress | null {
  const [address = "", prefix, ...more] = text.split("/");
  // A zone ("%eth0") is for one machine's own use (RFC 4007); Node takes it, a configuration must not.
  if (text.includes("%")) return null;
  if (isIPv6(address)) return more.length === 0 ? whole({ address, prefix, port: undefined }, 128) : null;
  const [, v4 = "", length, port] = /^([0-9.]+)(?:\/([0-9]+))?(?::([0-9]+))?$/.exec(text) ?? [];
  return isIPv4(v4) ? whole({ address: v4, prefix: length, port }, 32) : null;
}

function whole(
  read: { address: string; prefix: string | undefined; port: string | undefined },
  longest: number,
): TrunkAddress | null {
  const prefix = read.prefix === undefined ? null : Number(read.prefix);
  const port = read.port === undefined ? null : Number(read.port);
  if (prefix !== null && !(prefix >= 1 && prefix <= longest)) return null;
  if (port !== null && !(port >= 1 && port <= 65535)) return null;
  return { address: read.address, prefix, port };
}

/** Refuses the first that is not an address. */
export function checkAddresses(match: string[]): Refusal | null {
  const wrong = match.find((text) => parseTrunkAddress(text) === null);
  if (wrong === undefined) return null;
  return new Refusal("request.invalid", `${JSON.stringify(wrong)} is not an IP address or network.`, {
    field: "match",
  });
}
