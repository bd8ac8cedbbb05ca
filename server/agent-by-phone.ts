import type { DispositionService } from "./calls/disposition-service.ts";
import { readTree } from "./calls/disposition-store.ts";
import type { Database } from "./db/pool.ts";
import type { AgentDesk, AgentOutcome } from "./ivr/agent-desk.ts";
import type { QueueLiveService } from "./queues/queue-live-service.ts";
import { Refusal } from "./refusal.ts";
import { readQueuesOf, readRemoteNumbers } from "./sessions/agent-by-phone-store.ts";
import type { PauseService } from "./sessions/pause-service.ts";
import { findReasonOfKey } from "./sessions/phone-code-store.ts";
import { leadingCause } from "./sessions/readiness.ts";
import type { RemoteCallbackService } from "./sessions/remote-callback-service.ts";
import { lineOf } from "./sessions/remote-number.ts";
import type { SessionEndingService } from "./sessions/session-ending-service.ts";
import type { SessionService } from "./sessions/session-service.ts";
import type { PinService } from "./staff/pin-service.ts";
import type { ChoiceService } from "./telephones/choice-service.ts";

/** What agents do by telephone through projects: the acts of the desktop, on the same session, by the same rules. */
export function createAgentByPhone(deps: {
  db: Database;
  pins: Pick<PinService, "identify">;
  choices: Pick<ChoiceService, "findByEndpoint">;
  sessions: Pick<SessionService, "login" | "current">;
  callbacks: Pick<RemoteCallbackService, "request">;
  endings: Pick<SessionEndingService, "logOut">;
  pauses: Pick<PauseService, "pause" | "resume">;
  queueLive: Pick<QueueLiveService, "all">;
  dispositions: Pick<DispositionService, "toDispose" | "dispose">;
}): AgentDesk {
  const { db, pins, choices, sessions, callbacks, endings, pauses, queueLive, dispositions } = deps;
  return {
    identify: (number, pin, from) => pins.identify(number, pin, from),
    async numberOfCaller(callerNumber) {
      const caller = lineOf(callerNumber);
      if (caller === "") return null;
      const his = (await readRemoteNumbers(db)).filter(({ number }) => lineOf(number) === caller);
      return his.length === 1 ? (his[0]?.internal ?? null) : null;
    },
    async logIn(agentId, endpoint, callerNumber) {
      const telephone = endpoint === null ? null : choices.findByEndpoint(endpoint);
      if (telephone !== null)
        return outcomeOf(await sessions.login(agentId, { telephoneId: telephone.id, byTelephone: true }));
      const rungBack = (await sessions.current(agentId)) === null && (await callbacks.request(agentId, callerNumber));
      return rungBack ? "rung-back" : outcomeOf(await sessions.login(agentId, { remote: true, byTelephone: true }));
    },
    logOut: async (agentId) => outcomeOf(await endings.logOut(agentId)),
    async pause(agentId, reason) {
      const name = "name" in reason ? reason.name : await findReasonOfKey(db, reason.key);
      return name === null ? "no-such-reason" : outcomeOf(await pauses.pause(agentId, name));
    },
    resume: async (agentId) => outcomeOf(await pauses.resume(agentId)),
    async status(agentId) {
      const open = await sessions.current(agentId);
      const waiting = new Map(queueLive.all().map((queue) => [queue.id, queue.waiting]));
      const queues = (await readQueuesOf(db, agentId)).map(({ id, name }) => ({ name, waiting: waiting.get(id) ?? 0 }));
      const cause = leadingCause(open?.causes ?? []);
      const paused = cause === null ? null : cause.cause === "break" ? (cause.reason ?? "") : "";
      return { loggedIn: open !== null, paused, queues };
    },
    async undisposed(agentId) {
      const found = await dispositions.toDispose(agentId, { limit: MOST_UNDISPOSED });
      const last = found instanceof Refusal ? undefined : found.rows.at(-1);
      return last === undefined ? null : { legId: last.legId, number: last.number };
    },
    async outcomes(path) {
      const tree = await readTree(db);
      let parentId: number | null = null;
      for (const name of path) {
        const next = tree.find((one) => one.parentId === parentId && one.name === name);
        if (next === undefined) return [];
        parentId = next.id;
      }
      return tree
        .filter((one) => one.parentId === parentId)
        .map(({ name }) => name)
        .sort(byName.compare);
    },
    dispose: async (agentId, legId, path) =>
      outcomeOf(await dispositions.dispose({ staffId: agentId, role: "agent" }, legId, { disposition: [...path] })),
  };
}

/** The order in which the desktop shows them too. */
const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Of an agent with more calls to dispose the newest of the oldest so many is asked for. */
const MOST_UNDISPOSED = 200;

function outcomeOf(answer: unknown): AgentOutcome {
  if (!(answer instanceof Refusal)) return "done";
  switch (answer.code) {
    case "session.already-open":
      return "already-logged-in";
    case "session.none":
      return "not-logged-in";
    case "telephone.held":
      return "telephone-in-use";
    case "pause.unknown-reason":
      return "no-such-reason";
    case "telephony.unavailable":
    case "telephony.refused":
    case "database.unavailable":
    case "request.too-many":
    case "telephone.on-call":
      return "unavailable";
    default:
      return "not-permitted";
  }
}
