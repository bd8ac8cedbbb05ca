import { randomInt } from "node:crypto";
import { WebSocket } from "ws";
import type { ServerFrame } from "../contract/protocol.ts";
import { apply, type Snapshot } from "../contract/snapshot.ts";
import type { Telephone } from "../contract/views.ts";
import { type Api, signIn } from "./api.ts";

/** After a call a colleague writes a while, then disposes. */
const WRITING_MS = 6_000;
/** Asked for his telephone, he looks up, and keeps it: he works there. */
const LOOKING_UP_MS = 5_000;
/** One call in so many is forgotten, so that the report shows what that looks like. */
const FORGETS_ONE_IN = 4;
const OUTCOMES = [["Solved", "At once"], ["Call back", "Today", "Morning"], ["Sale", "New", "Plus"], ["Wrong number"]];

export interface Colleague {
  stop(): void;
}

export interface ColleagueOptions {
  address: string;
  username: string;
  password: string;
  telephone: Telephone;
  tell: (line: string) => void;
}

/** An agent who works by himself: logs in, has a desktop open, disposes most of his calls. */
export async function startColleague(options: ColleagueOptions): Promise<Colleague> {
  const api = await signIn(options.address, options.username, options.password);
  await sitDown(api, options.telephone.id);
  const socket = openDesktop(options.address, api);
  const disposing = new Set<string>();
  const answering = new Set<number>();
  let state: Snapshot | null = null;
  socket.on("message", (data) => {
    const frame = JSON.parse(String(data)) as ServerFrame;
    if ("snapshot" in frame) state = frame.snapshot;
    else if ("event" in frame && state !== null) state = apply(state, frame.event);
    const asked = state?.session?.takeoverRequest ?? null;
    if (asked !== null && !answering.has(asked.id)) {
      answering.add(asked.id);
      setTimeout(() => {
        // Who asked may have thought better of it meanwhile.
        api.post(`/session/takeover-request/${asked.id}`, { answer: "keep" }).catch(() => {});
      }, LOOKING_UP_MS).unref();
    }
    for (const call of state?.toDispose ?? []) {
      if (call.endedAt === null || disposing.has(call.legId)) continue;
      disposing.add(call.legId);
      if (randomInt(FORGETS_ONE_IN) === 0) continue;
      setTimeout(() => {
        api
          .post(`/calls/${call.legId}/disposition`, {
            disposition: OUTCOMES[randomInt(OUTCOMES.length)],
            contactId: call.contact?.id ?? null,
          })
          .catch((error: unknown) => options.tell(`${options.username} could not dispose: ${String(error)}`));
      }, WRITING_MS).unref();
    }
  });
  // When Perch stops first, the line breaks: nothing to do about it here.
  socket.on("error", () => {});
  return { stop: () => socket.terminate() };
}

/** Logs in, opens a desktop and lets it vanish: the telephone is left marked as not logged out. */
export async function goHomeWithoutLogout(options: Omit<ColleagueOptions, "tell">): Promise<void> {
  const api = await signIn(options.address, options.username, options.password);
  await sitDown(api, options.telephone.id);
  const socket = openDesktop(options.address, api);
  await new Promise((resolve, reject) => {
    socket.once("message", resolve);
    socket.once("error", reject);
  });
  socket.terminate();
}

async function sitDown(api: Api, telephoneId: number): Promise<void> {
  await api.post("/session", { telephoneId }).catch((error: unknown) => {
    // The demo was started again: he has sat there since the last time.
    if (!String(error).includes("session.already-open")) throw error;
  });
}

function openDesktop(address: string, api: Api): WebSocket {
  return new WebSocket(`${address.replace(/^http/, "ws")}/api/v1/live`, {
    headers: { authorization: `Bearer ${api.token}` },
  });
}
