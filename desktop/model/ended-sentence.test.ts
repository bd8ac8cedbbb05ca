import { expect, it } from "vitest";
import type { EndReason } from "../../contract/views.ts";
import { endedSentence, endsWithCallSentence } from "./ended-sentence.ts";
import { houseTime } from "./house-time.ts";

const AT = "2026-03-02T09:14:00.000Z";
const ROME = houseTime(Date.parse(AT), "Europe/Rome");
const said = (reason: EndReason, by: string | null, telephone: string | null = "Desk 12") =>
  endedSentence({ end: { reason, by, at: AT }, telephone }, ROME);

it.each([
  [said("released", "Teresa Sala"), "Your session was ended at 10:14: Teresa Sala released Desk 12."],
  [said("taken-over", "Luca Neri"), "Your session was ended at 10:14: Luca Neri took over Desk 12."],
  [said("logged-out-by-supervisor", "Teresa Sala"), "Your session was ended at 10:14: Teresa Sala logged you out."],
  [said("disconnected", null), "Your session was ended at 10:14: your desktop was away too long."],
  [said("released", null, null), "Your session was ended at 10:14: a supervisor released your telephone."],
])("says by whom, why and when a session ended", (sentence, expected) => {
  expect(sentence).toBe(expected);
});

it("says what comes when the call on the telephone ends", () => {
  const gives = endsWithCallSentence({ reason: "taken-over", by: "Luca Neri" }, "Desk 12");
  expect(gives).toBe("Your session ends with this call: Luca Neri gets Desk 12.");
  const released = endsWithCallSentence({ reason: "released", by: "Teresa Sala" }, "Desk 12");
  expect(released).toBe("Your session ends with this call: Teresa Sala released Desk 12.");
});
