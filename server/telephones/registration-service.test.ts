import { describe, expect, it } from "vitest";
import { paperContact as contact, paperFoundLeg as leg } from "../../test/paper-leg.ts";
import { createRegistrationService } from "./registration-service.ts";

describe("what is known of the telephones", () => {
  it("knows nothing before it has read", () => {
    const service = createRegistrationService();
    expect(service.isKnown()).toBe(false);
    expect(service.registered("a")).toBe(false);
    service.refresh({ contacts: [], legs: [] }, service.mark());
    expect(service.isKnown()).toBe(true);
  });

  it("tells once of each registration that changes", () => {
    const service = createRegistrationService();
    const told: (string | null)[] = [];
    service.onRegistration((endpoint) => told.push(endpoint));
    service.heard({ type: "contact.changed", contact: contact("a", true) });
    service.heard({ type: "contact.changed", contact: contact("a", true) });
    service.heard({ type: "contact.changed", contact: contact("a", false) });
    expect(told).toEqual(["a", "a"]);
  });

  it("forgets a contact that a later reading does not have", () => {
    const service = createRegistrationService();
    service.heard({ type: "contact.changed", contact: contact("a", true) });
    service.refresh({ contacts: [contact("b", true)], legs: [] }, service.mark());
    expect([service.registered("a"), service.registered("b")]).toEqual([false, true]);
  });

  it("believes what it heard during a reading, not the reading", () => {
    const service = createRegistrationService();
    service.heard({ type: "leg.started", leg: leg("1", "a", { direction: "from-telephone" }) });
    const mark = service.mark();
    service.heard({ type: "contact.changed", contact: contact("a", false) });
    service.heard({ type: "leg.ended", channelId: "1", at: new Date(0) });
    service.heard({ type: "leg.started", leg: leg("2", "b", { direction: "from-telephone" }) });
    service.refresh({ contacts: [contact("a", true)], legs: [leg("1", "a", { direction: "from-telephone" })] }, mark);
    expect(service.registered("a")).toBe(false);
    expect([service.onCall("a"), service.onCall("b")]).toEqual([false, true]);
  });

  it("is on a call when it dials or has answered, not while it rings", () => {
    const service = createRegistrationService();
    service.heard({ type: "leg.started", leg: leg("1", "a") });
    expect(service.onCall("a")).toBe(false);
    service.heard({ type: "leg.answered", channelId: "1", at: new Date(0) });
    expect(service.onCall("a")).toBe(true);
  });

  it("tells that a telephone is idle when its last call ends, and when a reading shows that it has", () => {
    const service = createRegistrationService();
    const idle: string[] = [];
    service.onIdle((endpoint) => idle.push(endpoint));
    for (const id of ["1", "2", "3"]) {
      service.heard({ type: "leg.started", leg: leg(id, id === "3" ? "b" : "a", { direction: "from-telephone" }) });
    }
    service.heard({ type: "leg.ended", channelId: "1", at: new Date(0) });
    expect(idle).toEqual([]);
    service.heard({ type: "leg.ended", channelId: "2", at: new Date(0) });
    expect(idle).toEqual(["a"]);
    service.refresh({ contacts: [], legs: [] }, service.mark());
    expect(idle).toEqual(["a", "b"]);
  });
});
