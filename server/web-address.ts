import { BlockList, isIP } from "node:net";

/** A part of the house's own network that projects may reach: by the name asked for, or by the address it is at. */
type Rule =
  | { kind: "name"; host: string; port: number | null }
  | { kind: "network"; holds(address: string): boolean; port: number | null };

/** What a request goes to: the name as it stands in the URL, and the port. */
export interface WebTarget {
  host: string;
  port: number;
}

const blockList = (networks: readonly [string, number][], family: "ipv4" | "ipv6"): BlockList => {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, family);
  return list;
};

/** What is nobody's address in the internet (IANA's registry of special purposes, RFC 6890 and those after it). */
const NOT_PUBLIC_4 = blockList(
  [
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
    ["192.88.99.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["224.0.0.0", 4],
    ["240.0.0.0", 4],
  ],
  "ipv4",
);
/** All of IPv6 that is given out to anybody; outside lie loopback, link-local, unique local, multicast, mapped IPv4. */
const GIVEN_OUT_6 = blockList([["2000::", 3]], "ipv6");
/** In it, what carries another address inside (Teredo, 6to4), or is for documents and trials. */
const NOT_PUBLIC_6 = blockList(
  [
    ["2001::", 23],
    ["2001:db8::", 32],
    ["2002::", 16],
    ["3fff::", 20],
  ],
  "ipv6",
);

/** Whether an address is one of the internet. What is none, or has a zone of this machine, is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !NOT_PUBLIC_4.check(address, "ipv4");
  if (family !== 6 || address.includes("%")) return false;
  return GIVEN_OUT_6.check(address, "ipv6") && !NOT_PUBLIC_6.check(address, "ipv6");
}

const ENTRY =
  /^(?:\[([0-9a-f:.]+)\]|([0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*)|([a-z0-9._-]+))(?:\/([0-9]{1,3}))?(?::([0-9]{1,5}))?$/;
const NAME = /^(?=.*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

function readRule(entry: string): Rule | null {
  const [, bracketed, six, other, length, portText] = ENTRY.exec(entry.trim().toLowerCase()) ?? [];
  const host = bracketed ?? six ?? other ?? "";
  const port = portText === undefined ? null : Number(portText);
  if (port !== null && (port < 1 || port > 65_535)) return null;
  const family = isIP(host);
  if (family === 0) {
    const isName = bracketed === undefined && six === undefined && length === undefined && NAME.test(host);
    return isName ? { kind: "name", host, port } : null;
  }
  const most = family === 4 ? 32 : 128;
  const bits = length === undefined ? most : Number(length);
  if (bits > most) return null;
  const [name, list] = [family === 4 ? "ipv4" : "ipv6", new BlockList()] as const;
  list.addSubnet(host, bits, name);
  return { kind: "network", port, holds: (address) => isIP(address) === family && list.check(address, name) };
}

/** Whether an entry of the house's list says anything: a name, an address or a network, with a port or without. */
export const isWebAllowance = (entry: string): boolean => readRule(entry) !== null;

/**
 * Whether a request to that target may connect to that address: to the internet always, inside where the house's list
 * says so. Asked of the very address that is connected to, so that no name can lead elsewhere in between.
 */
export const mayConnect = (address: string, target: WebTarget, allowed: readonly string[]): boolean =>
  isPublicAddress(address) || isNamedAddress(address, target, allowed);

/** Whether a list names that address, or the name by which it was found; for what leads nowhere but there. */
export function isNamedAddress(address: string, target: WebTarget, allowed: readonly string[]): boolean {
  const host = target.host.toLowerCase().replace(/\.$/, "");
  return allowed.some((entry) => {
    const rule = readRule(entry);
    if (rule === null || (rule.port !== null && rule.port !== target.port)) return false;
    return rule.kind === "name" ? rule.host === host : rule.holds(address);
  });
}
