import type { AsteriskDirectories } from "../daemon.ts";

/** What of the configuration belongs to this machine and not to the house. */
export interface AsteriskInstance {
  /** Stands in every call id. */
  node: string;
  directories: AsteriskDirectories;
  sip: { listen: string; port: number };
  /** SIP over TLS with SRTP beside plain SIP; null is off. */
  tls: { port: number; certificateFile: string; keyFile: string } | null;
  rtp: { first: number; last: number };
  /** The manager interface, on loopback only. */
  manager: { port: number; username: string; secret: string };
  /** Where we take the calls that the dial plan hands over, on loopback only, and what shows that it was the dial plan. */
  voice: { port: number; secret: string };
}
