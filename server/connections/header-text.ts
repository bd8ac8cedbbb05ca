import { SECRET_PLACE } from "../../contract/views.ts";

/** The value of a header: text, and secrets by their names, which stand open nowhere but in what is sent. */
export type HeaderValue = readonly (string | { secret: string })[];

/**
 * Reads `Bearer {secret.name}`. What stands between secrets is given to `filled`: a value that names a secret is text
 * and no secret. A line break would begin another header.
 */
export function headerValue(template: string, filled: (text: string) => string): HeaderValue {
  const parts: (string | { secret: string })[] = [];
  let at = 0;
  const text = (end: number) => {
    const plain = filled(template.slice(at, end)).replace(/[\r\n\0]+/g, " ");
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
