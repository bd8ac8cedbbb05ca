import { describe, expect, it } from "vitest";
import { paperDesk, paperLeg, paperWaiting } from "../../test/paper-desk.ts";
import { callerName, callOnCard, leadingLeg } from "./call-view.ts";

const never = () => false;

describe("the call on the card", () => {
  it("is the one that is talked, before one that rings", () => {
    expect(leadingLeg([paperLeg("b", "ringing"), paperLeg("a", "talking")])?.legId).toBe("a");
  });

  it("is what goes on, whatever else was opened", () => {
    const card = callOnCard(
      paperDesk({ legs: [paperLeg("a", "ringing")], toDispose: [paperWaiting("b")] }),
      "b",
      null,
      never,
    );
    expect(card).toMatchObject({ legId: "a", phase: "ringing" });
  });

  it("stays after the end, first as a leg, then as one to dispose", () => {
    expect(callOnCard(paperDesk({ legs: [paperLeg("a", "ended")] }), null, "a", never)).toMatchObject({
      legId: "a",
      phase: "ended",
    });
    expect(callOnCard(paperDesk({ toDispose: [paperWaiting("a")] }), null, "a", never)).toMatchObject({
      legId: "a",
      phase: "ended",
    });
  });

  it("is found again by a browser that did not see it begin", () => {
    expect(callOnCard(paperDesk({ legs: [paperLeg("a", "ended")] }), null, null, never)?.legId).toBe("a");
  });

  it("gives way when it is disposed", () => {
    expect(callOnCard(paperDesk({ legs: [paperLeg("a", "ended")] }), null, "a", (id) => id === "a")).toBeNull();
  });

  it("is not kept for a call that was never answered", () => {
    const legs = [paperLeg("a", "ended", { answeredAt: null })];
    expect(callOnCard(paperDesk({ legs }), null, "a", never)).toBeNull();
  });
});

describe("the caller's name", () => {
  it("is the contact's, else what came with the call, else the number, and never nothing", () => {
    const contact = { id: 1, name: "Maria Bianchi", company: null };
    expect(callerName({ contact, name: "M B", number: "1" })).toBe("Maria Bianchi");
    expect(callerName({ contact: null, name: " M B ", number: "1" })).toBe("M B");
    expect(callerName({ contact: null, name: " ", number: "1" })).toBe("1");
    expect(callerName({ contact: null, name: "", number: "" })).toBe("Number withheld");
  });
});
