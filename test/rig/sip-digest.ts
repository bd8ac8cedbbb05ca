import { createHash } from "node:crypto";
import { SIP_REALM } from "../../server/asterisk/names.ts";
import type { TelephoneConfig } from "../../server/telephony-config.ts";

/** A telephone's configuration with the digests of its password, as the server makes them when one is created. */
export function telephoneWith(
  endpoint: string,
  password: string,
  internal: string | null,
  displayName = endpoint,
): TelephoneConfig {
  const ha1 = (algorithm: string) => createHash(algorithm).update(`${endpoint}:${SIP_REALM}:${password}`).digest("hex");
  return { endpoint, ha1Md5: ha1("md5"), ha1Sha256: ha1("sha256"), internal, displayName, place: null, shared: true };
}
