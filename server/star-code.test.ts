import { expect, it } from "vitest";
import { takesPattern } from "../contract/dial-pattern.ts";
import { isStarCode, readStarCode, readTryProject, STAR_CODE_PATTERNS } from "./star-code.ts";

it("reads each code with what stands behind it", () => {
  expect(readStarCode("*11")).toEqual({ code: "log-in", rest: "" });
  expect(readStarCode("*11201")).toEqual({ code: "log-in", rest: "201" });
  expect(readStarCode("*10")).toEqual({ code: "break", rest: "" });
  expect(readStarCode("*107")).toEqual({ code: "break", rest: "7" });
  expect(readStarCode("*12")).toEqual({ code: "log-out", rest: "" });
  expect(readStarCode("*13")).toEqual({ code: "resume", rest: "" });
});

it("takes nothing else for a code", () => {
  for (const dialled of ["", "11", "*1", "*14", "*111", "*11123456789", "*1022", "*121", "*131", "*11#", "112"]) {
    expect(readStarCode(dialled)).toBeNull();
  }
});

it("counts what only asks for an outcome, or says a prompt, among what is no call", () => {
  expect(["*14", "*15123456", "*13"].map(isStarCode)).toEqual([true, true, true]);
  expect(["*140", "*1512345", "14"].map(isStarCode)).toEqual([false, false, false]);
});

it("is what the dial plan's patterns match, no more and no less", () => {
  const matches = (dialled: string) =>
    STAR_CODE_PATTERNS.some((pattern) =>
      pattern.startsWith("_*") && dialled.startsWith("*")
        ? takesPattern(pattern.slice(2), dialled.slice(1))
        : pattern === dialled,
    );
  const dialled = ["*10", "*105", "*1055", "*11", "*111", "*1120", "*1112345678", "*11123456789", "*12", "*120", "*13"];
  for (const each of dialled) expect([each, matches(each)]).toEqual([each, readStarCode(each) !== null]);
});

it("knows the code by which a project is tried, which is no call and no agent's", () => {
  expect(readTryProject("*16012345")).toBe("012345");
  for (const dialled of ["*16", "*1601234", "*160123456", "*15012345"]) expect(readTryProject(dialled)).toBeNull();
  expect(isStarCode("*16012345")).toBe(true);
  expect(readStarCode("*16012345")).toBeNull();
});
