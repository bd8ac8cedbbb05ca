import { expect, it } from "vitest";
import { asteriskVersion, isNewEnough, onPath } from "./programs.ts";

it("reads the version Asterisk prints", () => {
  expect(asteriskVersion("Asterisk 22.10.1+dfsg+~cs6.17.60671434-1\n")).toBe("22.10.1");
  expect(asteriskVersion("Asterisk certified/20.7-cert2\n")).toBe("20.7");
  expect(asteriskVersion("something else")).toBeUndefined();
});

it("takes an Asterisk from 20 on", () => {
  expect(isNewEnough("20.0.0")).toBe(true);
  expect(isNewEnough("18.26.4")).toBe(false);
});

it("finds a program on the path, and only what can be run", () => {
  expect(onPath("sh", "/nowhere:/bin")).toBe("/bin/sh");
  expect(onPath("passwd", "/etc")).toBeUndefined();
});
