import { describe, expect, it } from "vitest";
import { CLOSE, PROTOCOL_VERSION, SILENCE_MS } from "../../contract/protocol.ts";
import { createLiveConnection, type Ears } from "./live-connection.ts";

/** A browser of which the test holds the clock and the wires. */
function browser() {
  const lines: { ears: Ears; closed: boolean }[] = [];
  const timers = new Map<number, { due: number; act: () => void }>();
  let now = Date.parse("2026-03-02T09:00:00Z");
  let id = 0;
  const connection = createLiveConnection({
    open(ears) {
      const line = { ears, closed: false };
      lines.push(line);
      return {
        close() {
          line.closed = true;
        },
      };
    },
    now: () => now,
    after(ms, act) {
      id += 1;
      const mine = id;
      timers.set(mine, { due: now + ms, act });
      return () => timers.delete(mine);
    },
    chance: () => 1,
  });
  const pass = (ms: number) => {
    const end = now + ms;
    for (;;) {
      const next = [...timers].filter(([, one]) => one.due <= end).sort((a, b) => a[1].due - b[1].due)[0];
      if (next === undefined) break;
      timers.delete(next[0]);
      now = next[1].due;
      next[1].act();
    }
    now = end;
  };
  const last = () => {
    const line = lines.at(-1);
    if (line === undefined) throw new Error("no line was opened");
    return line;
  };
  const hello = (protocol = PROTOCOL_VERSION) =>
    last().ears.message(
      JSON.stringify({ protocol, revision: 1, snapshot: { serverNow: new Date(now).toISOString(), telephony: "up" } }),
    );
  return { connection, lines, last, pass, hello, waiting: () => timers.size };
}

describe("the live connection", () => {
  it("turns stale after silence, leaves that line and heals by a new one", () => {
    const { connection, lines, last, pass, hello } = browser();
    connection.start();
    hello();
    expect(connection.state().status).toBe("live");
    pass(SILENCE_MS);
    expect(connection.state().status).toBe("stale");
    expect(lines[0]?.closed).toBe(true);
    pass(400);
    expect(lines).toHaveLength(2);
    expect(last().closed).toBe(false);
    hello();
    expect(connection.state().status).toBe("live");
  });

  it("is kept alive by beats", () => {
    const { connection, last, pass, hello } = browser();
    connection.start();
    hello();
    for (let beats = 0; beats < 5; beats += 1) {
      pass(5000);
      last().ears.message(JSON.stringify({ beat: 1, at: "2026-03-02T09:00:00Z" }));
    }
    expect(connection.state().status).toBe("live");
  });

  it("tries again more and more rarely while nobody answers", () => {
    const { connection, lines, last, pass } = browser();
    connection.start();
    for (const wait of [400, 800, 1600, 3200, 6400, 8000, 8000]) {
      const before = lines.length;
      last().ears.closed(1006, "");
      pass(wait - 1);
      expect(lines).toHaveLength(before);
      pass(1);
      expect(lines).toHaveLength(before + 1);
    }
  });

  it("does not listen to a line it has left", () => {
    const { connection, lines, pass, hello } = browser();
    connection.start();
    hello();
    lines[0]?.ears.closed(CLOSE.stopping, "");
    pass(400);
    hello();
    lines[0]?.ears.message(JSON.stringify({ revision: 9, at: "", event: {} }));
    lines[0]?.ears.closed(1006, "");
    expect(connection.state().status).toBe("live");
  });

  it("leaves a line that talks nonsense", () => {
    const { connection, lines, last } = browser();
    connection.start();
    last().ears.message("{nonsense");
    expect(lines[0]?.closed).toBe(true);
    expect(connection.state().status).toBe("connecting");
  });

  it("does not come back by itself where signing in is needed", () => {
    const { connection, lines, last, pass, waiting } = browser();
    connection.start();
    last().ears.closed(CLOSE.signInRequired, "");
    pass(60_000);
    expect(connection.state().status).toBe("sign-in-required");
    expect(lines).toHaveLength(1);
    expect(waiting()).toBe(0);
  });

  it("says that it is outdated and stays away from a server of another protocol", () => {
    const { connection, lines, hello, pass } = browser();
    connection.start();
    hello(PROTOCOL_VERSION + 1);
    pass(60_000);
    expect(connection.state().status).toBe("outdated");
    expect(lines).toHaveLength(1);
  });

  it("leaves nothing behind when stopped", () => {
    const { connection, lines, hello, waiting } = browser();
    connection.start();
    hello();
    connection.stop();
    expect(lines[0]?.closed).toBe(true);
    expect(waiting()).toBe(0);
    expect(connection.state()).toMatchObject({ status: "connecting", snapshot: null });
  });

  it.each([
    ["elsewhere", CLOSE.elsewhere],
    ["replaced", CLOSE.replaced],
  ])("ends where the house wants him at one desktop (%s), and keeps the words", (status, code) => {
    const { connection, last, hello, waiting } = browser();
    connection.start();
    hello();
    last().ears.closed(code, "You are signed in at 10.0.0.7 since 09:00. Sign out there first.");
    expect(connection.state()).toMatchObject({ status, words: expect.stringContaining("10.0.0.7") });
    expect(waiting()).toBe(0);
    connection.start();
    expect(connection.state()).toMatchObject({ status: "connecting", words: null });
  });
});
