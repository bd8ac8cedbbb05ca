import { describe, expect, it } from "vitest";
import type { Session } from "../../contract/views.ts";
import { paperCause, paperSession, SINCE } from "../../test/paper-desk.ts";
import { houseTime } from "./house-time.ts";
import { phoneAdvice, phoneSignal, phoneTrouble } from "./phone-signal.ts";

const NOW = Date.parse(SINCE) + 130_000;
const ROME = houseTime(NOW, "Europe/Rome");
const RULES = { stableS: 10, missed: 3 };

type Phone = Session["phone"];
const seated = (phone: Partial<Phone>, lost: Phone["why"] | "not" = "not", ...others: Session["causes"]) =>
  paperSession([...(lost === "not" ? [] : [paperCause("phone-lost", { reason: lost })]), ...others], {
    phone: { registered: true, lostSince: null, why: null, resumesAt: null, ...phone },
  });
const gone: Partial<Phone> = { registered: false, lostSince: SINCE, why: "not-registered" };
const back: Partial<Phone> = {
  lostSince: SINCE,
  why: "not-registered",
  resumesAt: new Date(NOW + 6_400).toISOString(),
};
const silent: Partial<Phone> = { lostSince: SINCE, why: "missed-calls" };

describe("what is the matter with a telephone", () => {
  it.each([
    [seated({}), "well", "on"],
    [seated(gone), "wavering", "doubtful"],
    [seated(gone, "not-registered"), "lost", "off"],
    [seated({ ...gone, why: "unreachable" }, "unreachable"), "lost", "off"],
    [seated({ lostSince: SINCE, why: "failed-calls" }, "failed-calls"), "lost", "off"],
    [seated(back, "not-registered"), "returning", "doubtful"],
    [seated(silent, "missed-calls"), "waits-for-agent", "doubtful"],
    [seated({ ...gone, why: "missed-calls" }, "missed-calls"), "waits-for-agent", "doubtful"],
  ] as const)("is told from registration, cause and reason", (session, trouble, light) => {
    expect(phoneTrouble(session)).toBe(trouble);
    expect(phoneSignal(session, NOW, ROME).light).toBe(light);
  });

  it("says how long it has been away, and since when in the house's time", () => {
    const signal = phoneSignal(seated(gone, "not-registered"), NOW, ROME);
    expect(signal.word).toBe("phone lost 02:10");
    expect(signal.title).toBe("Desk 12 is not connected since 10:00: no call can reach it");
    expect(phoneSignal(seated(gone), NOW, ROME).word).toBe("phone 02:10");
  });
});

describe("what is said about a telephone", () => {
  it("is nothing while it is well, and nothing while it is only away for a moment", () => {
    expect(phoneAdvice(seated({}), RULES, NOW, ROME)).toBeNull();
    expect(phoneAdvice(seated(gone), RULES, NOW, ROME)).toBeNull();
  });

  it.each([
    [
      seated(gone, "not-registered"),
      "Desk 12 is not connected since 10:00: check cable and power. You get no calls; you are ready again 10 s after it is back.",
    ],
    [
      seated({ ...gone, why: "unreachable" }, "unreachable"),
      "Desk 12 does not answer since 10:00: check its network cable, or restart it. You get no calls; you are ready again 10 s after it is back.",
    ],
    [
      seated(gone, "not-registered", paperCause("break", { reason: "Coffee" })),
      "Desk 12 is not connected since 10:00: check cable and power. You get no calls; it counts again 10 s after it is back.",
    ],
    [seated(back, "not-registered"), "Desk 12 is back. You are ready again in 7 s."],
    [seated(silent, "missed-calls"), "You missed 3 calls. You get no more until you press Ready."],
  ])("is what happened and what to do", (session, sentence) => {
    const advice = phoneAdvice(session, RULES, NOW, ROME);
    expect(`${advice?.what} ${advice?.so}`).toBe(sentence);
  });

  it("needs a press on Ready after missed calls alone", () => {
    expect(phoneAdvice(seated(silent, "missed-calls"), RULES, NOW, ROME)?.ready).toBe(true);
    expect(phoneAdvice(seated(gone, "not-registered"), RULES, NOW, ROME)?.ready).toBe(false);
  });

  it("does without the house's rules where they could not be read", () => {
    expect(phoneAdvice(seated(silent, "missed-calls"), null, NOW, ROME)?.what).toBe("You missed calls.");
    expect(phoneAdvice(seated(gone, "not-registered"), null, NOW, ROME)?.so).toContain("shortly after it is back");
  });

  it("never promises less than a second", () => {
    const late = seated({ ...back, resumesAt: SINCE }, "not-registered");
    expect(phoneAdvice(late, RULES, NOW, ROME)?.so).toBe("You are ready again in 1 s.");
  });
});
