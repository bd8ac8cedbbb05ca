import { describe, expect, it } from "vitest";
import { askedByPhone, type PhoneWork, ringsFor } from "./asked-by-phone.ts";

const at = (work: Partial<PhoneWork>) =>
  askedByPhone({ rule: "ask", line: "remote", byTelephone: false, desktopThere: false, ...work });

describe("an agent whose caller has gone", () => {
  it("is asked by keypad at a number outside, as the queue says", () => {
    expect(at({})).toBe("ask");
    expect(at({ rule: "offer" })).toBe("offer");
    expect(at({ rule: "off" })).toBeNull();
  });

  it("is asked at a telephone of the house only where he works by telephone alone", () => {
    expect(at({ line: "sip", byTelephone: true })).toBe("ask");
    expect(at({ line: "sip" })).toBeNull();
  });

  it("disposes in his desktop where one is open", () => {
    expect(at({ desktopThere: true })).toBeNull();
    expect(at({ line: "sip", byTelephone: true, desktopThere: true })).toBeNull();
  });

  it("is rung again where he has to say it, once where he may, and at a number outside not for that", () => {
    expect([ringsFor("ask", "remote"), ringsFor("ask", "sip")]).toEqual([2, 2]);
    expect([ringsFor("offer", "sip"), ringsFor("offer", "remote")]).toEqual([1, 0]);
  });
});
