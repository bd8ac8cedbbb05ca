import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Refusal } from "../refusal.ts";
import { createSpokenCache } from "./spoken-cache.ts";
import { openVoiceFolder } from "./voice-folder.ts";

let root: string;
let made: string[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "perch-spoken-"));
  made = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A voice is as long as its text is, twice. */
const cache = (most: { files: number; bytes: number }) =>
  createSpokenCache({
    folder: openVoiceFolder(root),
    maker: {
      ofFile: async () => new Refusal("prompt.no-audio", "None."),
      async ofText(text) {
        made.push(text);
        const wide = Buffer.from(text);
        return { wide, narrow: wide, sha256: wide, lengthMs: 1 };
      },
    },
    most,
  });
const files = () => readdirSync(root).length / 2;

it("forgets what was used longest ago when there are too many files", async () => {
  const spoken = cache({ files: 2, bytes: 1000 });
  await spoken.start();
  for (const text of ["one", "two", "one", "three"]) await spoken.nameOf(text, "en");
  expect(files()).toBe(2);
  await spoken.nameOf("one", "en");
  await spoken.nameOf("two", "en");
  expect(made).toEqual(["one", "two", "three", "two"]);
});

it("forgets when there are too many bytes, and never what is being asked for", async () => {
  const spoken = cache({ files: 100, bytes: 20 });
  await spoken.start();
  await spoken.nameOf("12345", "en");
  await spoken.nameOf("123456", "en");
  expect(files()).toBe(1);
  await spoken.nameOf("a text of more bytes than all of it may have", "en");
  expect(files()).toBe(1);
});

it("keeps to its bounds after a start with other ones", async () => {
  const before = cache({ files: 100, bytes: 1000 });
  await before.start();
  for (const text of ["one", "two", "three"]) await before.nameOf(text, "en");
  const after = cache({ files: 1, bytes: 1000 });
  await after.start();
  expect(files()).toBe(1);
});

it("makes again what somebody removed", async () => {
  const spoken = cache({ files: 9, bytes: 1000 });
  await spoken.start();
  await spoken.nameOf("one", "en");
  for (const name of readdirSync(root)) rmSync(join(root, name));
  await spoken.nameOf("one", "en");
  expect(made).toEqual(["one", "one"]);
  expect(files()).toBe(1);
});
