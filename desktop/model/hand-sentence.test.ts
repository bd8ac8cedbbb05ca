import { expect, it } from "vitest";
import type { Leg } from "../../contract/views.ts";
import { handSentence } from "./hand-sentence.ts";

const hand = (over: Partial<NonNullable<Leg["hand"]>>) => ({ heldBy: null, asks: null, asked: null, ...over });
const bruno = { to: "202", name: "Bruno Conti" };

it.each([
  ["nothing", null, ""],
  ["a hold from here", hand({ heldBy: "desktop" }), "The caller hears music until you resume."],
  ["a hold at the telephone", hand({ heldBy: "telephone" }), "The caller hears music: Desk 12 holds the call."],
  [
    "somebody who is rung",
    hand({ asks: { ...bruno, talking: false } }),
    "Bruno Conti is rung; the caller hears music.",
  ],
  [
    "somebody who answered",
    hand({ heldBy: "desktop", asks: { ...bruno, talking: true } }),
    "You talk with Bruno Conti; the caller hears music.",
  ],
  [
    "somebody without a name",
    hand({ asks: { to: "202", name: "", talking: false } }),
    "202 is rung; the caller hears music.",
  ],
  ["what came of it", hand({ asked: { ...bruno, ended: "busy" } }), "Bruno Conti is busy: you have the caller again."],
] as const)("says of %s what it is", (_what, of, words) => {
  expect(handSentence({ hand: of, type: "inbound" }, "Desk 12")).toBe(words);
});

it("knows that who was called is no caller", () => {
  expect(handSentence({ hand: hand({ heldBy: "desktop" }), type: "outbound" }, null)).toBe(
    "The other side hears music until you resume.",
  );
});
