import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openSecretBox } from "./secret-box.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "perch-box-"));
});
afterEach(() => rmSync(home, { recursive: true }));

it("opens what it sealed, also after a restart, and seals the same differently each time", () => {
  const box = openSecretBox(home);
  const [one, other] = [box.seal("straße 🔑"), box.seal("straße 🔑")];
  expect(one).not.toBe(other);
  expect(openSecretBox(home).open(one)).toBe("straße 🔑");
  expect(statSync(join(home, "secrets", "key")).mode & 0o777).toBe(0o600);
});

it("notices a change, and another key", () => {
  const sealed = openSecretBox(home).seal("secret");
  const changed = `${sealed.slice(0, -2)}${sealed.endsWith("AA") ? "BB" : "AA"}`;
  expect(() => openSecretBox(home).open(changed)).toThrow();
  rmSync(join(home, "secrets", "key"));
  expect(() => openSecretBox(home).open(sealed)).toThrow();
});
