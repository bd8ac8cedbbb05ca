import { describe, expect, it } from "vitest";
import { PROTOCOL_VERSION, type ServerFrame } from "../../contract/protocol.ts";
import { paperDesk } from "../../test/paper-desk.ts";
import { heard, type LiveState, lost, nothingYet, waitMs } from "./live-state.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const at = (ms: number) => new Date(NOW + ms).toISOString();
const snapshot = paperDesk({ session: null });
const hello = (revision: number, ahead = 0): ServerFrame => ({
  protocol: PROTOCOL_VERSION,
  revision,
  snapshot: { ...snapshot, serverNow: at(ahead) },
});
const down = (revision: number, ms = 0): ServerFrame => ({
  revision,
  at: at(ms),
  event: { type: "telephony.changed", telephony: "down" },
});
const following = (...frames: ServerFrame[]): LiveState =>
  frames.reduce((state, frame) => heard(state, frame, NOW).state, nothingYet);

describe("what the desktop knows live", () => {
  it("is live from the first snapshot on", () => {
    expect(following(hello(7))).toMatchObject({ status: "live", revision: 7, heardAt: NOW });
  });

  it("follows events by their numbers", () => {
    const state = following(hello(7), down(8));
    expect(state.snapshot?.telephony).toBe("down");
    expect(state.revision).toBe(8);
  });

  it("asks for a new line at a gap and does not apply what came after it", () => {
    const result = heard(following(hello(7)), down(9), NOW);
    expect(result.again).toBe(true);
    expect(result.state.snapshot?.telephony).toBe("up");
  });

  it("finds a lost event by the next beat", () => {
    expect(heard(following(hello(7)), { beat: 8, at: at(0) }, NOW).again).toBe(true);
    expect(heard(following(hello(7)), { beat: 7, at: at(0) }, NOW).again).toBe(false);
  });

  it("does not take an event before a snapshot", () => {
    expect(heard(nothingYet, down(1), NOW).again).toBe(true);
  });

  it("does not take an event into a stale state: the new line begins with a snapshot", () => {
    expect(heard(lost(following(hello(7))), down(8), NOW).again).toBe(true);
    expect(heard(lost(following(hello(7))), hello(40), NOW).state).toMatchObject({ status: "live", revision: 40 });
  });

  it("keeps the last snapshot when the line is lost, and says that it is stale", () => {
    const state = lost(following(hello(7)));
    expect(state).toMatchObject({ status: "stale", heardAt: NOW });
    expect(state.snapshot).not.toBeNull();
  });

  it("stays connecting while there never was a snapshot", () => {
    expect(lost(nothingYet).status).toBe("connecting");
  });

  it("is outdated where the server speaks another protocol", () => {
    const foreign: ServerFrame = { protocol: PROTOCOL_VERSION + 1, revision: 1, snapshot };
    expect(heard(nothingYet, foreign, NOW).state.status).toBe("outdated");
  });

  it("knows how far the server's clock is ahead, and does not tremble with the wire", () => {
    expect(following(hello(1, 90_000)).skewMs).toBe(90_000);
    expect(following(hello(1, 90_000), down(2, 90_300)).skewMs).toBe(90_000);
    expect(following(hello(1, 90_000), down(2, 0)).skewMs).toBe(0);
  });
});

describe("the wait before the next try", () => {
  it("doubles, is bounded and spread", () => {
    expect(waitMs(0, 1)).toBe(400);
    expect(waitMs(0, 0)).toBe(200);
    expect(waitMs(3, 1)).toBe(3200);
    expect(waitMs(50, 1)).toBe(8000);
    expect(waitMs(50, 0)).toBe(4000);
  });
});
