import { describe, expect, it } from "vitest";
import { fuzzyFilter, fuzzyScore } from "./fuzzy-filter.ts";

const found = (typed: string) =>
  fuzzyFilter(["Offer sent", "Sent by mail", "Support", "Desk (2)"], typed, (text) => text);

describe("the filter one types into", () => {
  it("gives everything in order for nothing", () => {
    expect(found("  ")).toHaveLength(4);
  });

  it("puts the start of the text before the start of a word before the inside of one", () => {
    expect(found("sent")).toEqual(["Sent by mail", "Offer sent"]);
    expect(fuzzyScore("resent", "sent")).toBeGreaterThan(fuzzyScore("has sent", "sent") ?? 99);
  });

  it("wants every word", () => {
    expect(found("sent mail")).toEqual(["Sent by mail"]);
    expect(found("sent fax")).toEqual([]);
  });

  it("forgives left-out letters, but not many", () => {
    expect(found("suport")).toEqual(["Support"]);
    expect(found("st")).not.toContain("Desk (2)");
  });

  it("takes signs as they are", () => {
    expect(found("(2)")).toEqual(["Desk (2)"]);
    expect(found(".*")).toEqual([]);
  });
});
