import { SECRET_PLACE } from "../../contract/views.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant
const STEERING = /[\u0000-\u001f\u007f]+/g;

/** The value of a header: text, and secrets by their names, which stand open nowhere but in what is sent. */
export type HeaderValue = readonly (string | { secret: string })[];

/**
 * Reads `Bearer {secret.name}`. What stands between secrets is given to `filled`: a value that names a secret is text
 * and no secret. A line break would begin another header. Other signs than ASCII's go as bytes of UTF-8, each written as
 * one sign, as `node:http` takes them (RFC 9110, 5.5: opaque to whoever passes them on).
 */
export function headerValue(template: string, filled: (text: string) => string): HeaderValue {
  const parts: (string | { secret: string })[] = [];
  let at = 0;
  const text = (end: number) => {
    const words = filled(template.slice(at, end)).replace(STEERING, " ");
    const plain = Buffer.from(words, "utf8").toString("latin1");
    if (plain !== "") parts.push(plain);
  };
  for (const place of template.matchAll(SECRET_PLACE)) {
    text(place.index);
    parts.push({ secret: place[1] ?? "" });
    at = place.index + place[0].length;
  }
  text(template.length);
  return parts;
}

/** The names of the secrets in a text, each once. */
export const secretsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(SECRET_PLACE)].map((place) => place[1] ?? "")),
];
