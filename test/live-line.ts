import { isDeepStrictEqual } from "node:util";
import { WebSocket } from "ws";
import type { ServerFrame } from "../contract/protocol.ts";
import { apply, type LiveEvent, type Snapshot } from "../contract/snapshot.ts";
import { until } from "./until.ts";

/** A desktop's line: the snapshot it got, and what the events made of it since. */
export interface LiveLine {
  /** What a desktop would show now. */
  readonly state: Snapshot;
  readonly events: LiveEvent[];
  /** Revisions must count up by one; a gap is kept here. */
  readonly gaps: string[];
  readonly closed: number | null;
  close(): void;
}

/** Opens `/live` as a program (bearer token) would, and waits for the snapshot. */
export async function openLine(address: string, token: string | null): Promise<LiveLine> {
  const url = `${address.replace(/^http/, "ws")}/api/v1/live`;
  const socket = new WebSocket(url, { headers: token === null ? {} : { authorization: `Bearer ${token}` } });
  let state: Snapshot | null = null;
  let revision = 0;
  let closed: number | null = null;
  const events: LiveEvent[] = [];
  const gaps: string[] = [];
  socket.on("error", () => {});
  socket.on("close", (code) => {
    closed = code;
  });
  socket.on("message", (data) => {
    const frame: ServerFrame = JSON.parse(data.toString());
    if ("snapshot" in frame) {
      state = frame.snapshot;
      revision = frame.revision;
    } else if ("beat" in frame) {
      if (frame.beat !== revision) gaps.push(`a beat of ${frame.beat} after ${revision}`);
    } else {
      if (frame.revision !== revision + 1) gaps.push(`${frame.revision} after ${revision}`);
      revision = frame.revision;
      events.push(frame.event);
      if (state !== null) state = apply(state, frame.event);
    }
  });
  const current = (): Snapshot => {
    if (state === null) throw new Error("no snapshot has come");
    return state;
  };
  await until("the first frame or the end", () => state !== null || closed !== null);
  return {
    get state() {
      return current();
    },
    events,
    gaps,
    get closed() {
      return closed;
    },
    close: () => socket.close(),
  };
}

/** What a desktop that connects now is shown. */
async function freshSnapshot(address: string, token: string | null): Promise<Snapshot> {
  const line = await openLine(address, token);
  const { state } = line;
  line.close();
  return state;
}

/** `apply(before, events) = snapshot after`: waits until the line shows what a fresh one is shown, but for the clock. */
export async function untilTrue(line: LiveLine, address: string, token: string | null): Promise<void> {
  await until("the line shows what a fresh snapshot shows", async () => {
    const fresh = await freshSnapshot(address, token);
    return isDeepStrictEqual({ ...line.state, serverNow: "" }, { ...fresh, serverNow: "" });
  });
  if (line.gaps.length > 0) throw new Error(`revisions with gaps: ${line.gaps.join(", ")}`);
}
