import { createHash, randomInt } from "node:crypto";

/** What we and a telephone both say when it proves its password. Changing it invalidates every digest kept. */
const SIP_REALM = "perch";

/** Letters and digits that nobody mistakes for another when he types them on a telephone's keypad or web page. */
const ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/** 115 bits. */
const SECRET_CHARACTERS = 20;

/** A secret for a device, as strong as its digests are. */
export function newDeviceSecret(): string {
  return Array.from({ length: SECRET_CHARACTERS }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
}

/**
 * The digests of a device's name and password (RFC 7616, 3.4.2: H(username:realm:password)). Asterisk checks a
 * registration with them alone, so the password itself is never kept.
 */
export function deviceDigests(username: string, password: string): { ha1Md5: string; ha1Sha256: string } {
  const text = `${username}:${SIP_REALM}:${password}`;
  const digest = (algorithm: "md5" | "sha256") => createHash(algorithm).update(text, "utf8").digest("hex");
  return { ha1Md5: digest("md5"), ha1Sha256: digest("sha256") };
}
