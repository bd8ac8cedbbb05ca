/** Letters and digits that nobody mistakes for another when he types them on a telephone's keypad or web page. */
const ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/**
 * A secret for a device, from random bytes (one a character; bytes that would favour some characters are passed
 * over). Twenty characters of this alphabet carry 115 bits.
 */
export function secretFrom(bytes: Uint8Array, length = 20): string {
  const fair = 256 - (256 % ALPHABET.length);
  const letters = [...bytes].filter((byte) => byte < fair).map((byte) => ALPHABET.charAt(byte % ALPHABET.length));
  if (letters.length < length) throw new RangeError("too few random bytes for a secret");
  return letters.slice(0, length).join("");
}
