import { describe, expect, it } from "vitest";
import { Refusal } from "../refusal.ts";
import { decideSecondDesktop } from "./second-desktop.ts";

const now = new Date("2026-03-02T08:30:00Z");
const first = { signIn: "a", address: "10.0.0.5", since: new Date("2026-03-02T07:58:00Z") };
const decide = (policy: "resume" | "refuse" | "end-other", signIn: string | null, there = [first]) =>
  decideSecondDesktop({ policy, there, signIn, now, timeZone: "Europe/Rome" });

describe("a second desktop", () => {
  it.each([
    ["resume", "b"],
    ["refuse", "a"],
    ["end-other", "a"],
  ] as const)("where the house says %s, of %s, disturbs nobody", (policy, signIn) => {
    expect(decide(policy, signIn)).toMatchObject({ goes: "in", leaving: [] });
  });

  it("is turned away with where and since when the other is there", () => {
    const answer = decide("refuse", "b");
    expect(answer).toBeInstanceOf(Refusal);
    expect(answer).toMatchObject({
      code: "sign-in.elsewhere",
      title: "You are signed in at 10.0.0.5 since 08:58. Sign out there first.",
      facts: { address: "10.0.0.5", since: "2026-03-02T07:58:00.000Z" },
    });
    expect(decide("refuse", null)).toBeInstanceOf(Refusal);
    expect(decide("refuse", "b", [])).toMatchObject({ goes: "in" });
  });

  it("sends the others away, when it is there itself", () => {
    expect(decide("end-other", "b")).toMatchObject({ leaving: [first] });
    expect(decide("end-other", null)).toMatchObject({ leaving: [] });
  });
});
