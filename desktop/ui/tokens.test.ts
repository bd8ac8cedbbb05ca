import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const text = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const colours = new Map(
  [...text.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name ?? "", { light: light ?? "", dark: dark ?? "" }] as const,
  ),
);

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(ink: string, ground: string, scheme: "light" | "dark"): number {
  const [a, b] = [ink, ground].map((name) => luminance(colours.get(name)?.[scheme] ?? ""));
  const [high, low] = [Math.max(a ?? 0, b ?? 0), Math.min(a ?? 0, b ?? 0)];
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["ground", "sheet", "hover", "sunk"];
const STATES = ["ready", "ringing", "talking", "wrap-up", "paused", "fault"];
const read = [
  ...["ink", "ink-2", "accent", "fault"].flatMap((ink) => GROUNDS.map((ground) => [ink, ground] as const)),
  ...STATES.flatMap((state) => ["ground", "sheet", `${state}-wash`].map((ground) => [state, ground] as const)),
  ...[...STATES, "accent"].flatMap((wash) => ["ink", "ink-2"].map((ink) => [ink, `${wash}-wash`] as const)),
  ["on-accent", "accent"] as const,
  ["on-accent", "accent-strong"] as const,
  ["accent", "accent-wash"] as const,
];
const seen = [...GROUNDS.slice(0, 2).map((ground) => ["line-strong", ground] as const)];

describe("the tokens", () => {
  it("have a value on paper and one on ink for every colour", () => {
    expect(colours.size).toBeGreaterThan(20);
    expect(text.match(/#[0-9a-f]{3,8}/gi)).toHaveLength(colours.size * 2);
  });

  it.each(["light", "dark"] as const)("can be read in %s (AA, 4.5 to 1)", (scheme) => {
    for (const [ink, ground] of read) {
      expect(contrast(ink, ground, scheme), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(["light", "dark"] as const)("show where a field ends in %s (3 to 1)", (scheme) => {
    for (const [line, ground] of seen) {
      expect(contrast(line, ground, scheme), `${line} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
  });
});
