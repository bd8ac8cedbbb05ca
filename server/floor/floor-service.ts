import { byName } from "../../contract/snapshot.ts";
import type { AgentLive, Leg } from "../../contract/views.ts";
import type { LiveLegService } from "../calls/live-leg-service.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import { findOpenSessions, listOpenSessions, type OpenSession } from "../sessions/open-session-store.ts";
import { createStaleReader } from "../stale-reader.ts";
import type { ChoiceChange, ChoiceService } from "../telephones/choice-service.ts";
import { lastCallEnd } from "./floor.ts";
import { type FloorAgent, readFloorAgents, readLastCallEnds } from "./floor-store.ts";

/** An agent with his session and his telephone's calls. */
export interface FloorRow {
  agent: FloorAgent;
  open: OpenSession | null;
  legs: readonly Leg[];
  /** Milliseconds; null where no call of this session has ended. */
  lastCallEndedAt: number | null;
}

/** One agent of the floor is different now; `json` is his `AgentLive`, null where he is gone. */
export interface FloorChange {
  agentId: number;
  json: string | null;
}

/**
 * Every agent of the house as he is now, in memory, each with his JSON kept ready: a change costs the reading and the
 * encoding of one agent, however many supervisors look. Sessions are read some milliseconds after their news, calls
 * come with theirs. What cannot be read is read again; until then the floor shows what was.
 */
export interface FloorService {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** JSON of the contract's `AgentLive[]`, by name. */
  encode(): string;
  /** Changes, all of one moment at once. The answer ends it. */
  onChange(listener: (changes: FloorChange[]) => void): () => void;
}

interface Shown {
  row: FloorRow;
  live: AgentLive;
  json: string;
}

/** Builds the service; `start` reads everybody once. `present` makes of a row what supervisors see. */
export function createFloorService(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  liveLegs: Pick<LiveLegService, "legsOf">;
  choices: Pick<ChoiceService, "onChange">;
  present: (row: FloorRow) => AgentLive;
}): FloorService {
  const { db, clock, hub, log, liveLegs, choices, present } = deps;
  const shown = new Map<number, Shown>();
  const lastEnds = new Map<number, number>();
  const listeners = new Set<(changes: FloorChange[]) => void>();
  let order: Shown[] | null = null;
  let stops: (() => void)[] = [];

  /** Puts the agent in place and says whether anything a supervisor can see is different. */
  const put = (agentId: number, row: FloorRow | null): FloorChange | null => {
    const before = shown.get(agentId);
    if (row === null) {
      lastEnds.delete(agentId);
      if (!shown.delete(agentId)) return null;
      order = null;
      return { agentId, json: null };
    }
    const live = present(row);
    const json = JSON.stringify(live);
    if (before?.json === json) {
      before.row = row;
      return null;
    }
    shown.set(agentId, { row, live, json });
    order = null;
    return { agentId, json };
  };
  const tell = (changes: (FloorChange | null)[]) => {
    const seen = changes.filter((change) => change !== null);
    if (seen.length > 0) for (const listener of listeners) listener(seen);
  };
  const callsOf = (agentId: number): Pick<FloorRow, "legs" | "lastCallEndedAt"> => {
    const legs = liveLegs.legsOf(agentId);
    const end = Math.max(lastCallEnd(legs) ?? 0, lastEnds.get(agentId) ?? 0);
    if (end > 0) lastEnds.set(agentId, end);
    return { legs, lastCallEndedAt: end > 0 ? end : null };
  };
  const rowOf = (agent: FloorAgent, open: OpenSession | null): FloorRow | null => {
    if (!agent.enabled && open === null) return null;
    return { agent, open, ...callsOf(agent.id) };
  };

  const readAll = async () => {
    const [agents, sessions] = await Promise.all([readFloorAgents(db, "all"), listOpenSessions(db)]);
    const open = new Map(sessions.map((session) => [session.agentId, session]));
    const oldest = sessions.reduce((first, { startedAt }) => Math.min(first, startedAt.getTime()), Date.parse("9999"));
    for (const [agentId, at] of await readLastCallEnds(db, [...open.keys()], new Date(oldest))) {
      lastEnds.set(agentId, Math.max(lastEnds.get(agentId) ?? 0, at.getTime()));
    }
    const there = new Set(agents.map(({ id }) => id));
    tell([
      ...[...shown.keys()].filter((id) => !there.has(id)).map((id) => put(id, null)),
      ...agents.map((agent) => put(agent.id, rowOf(agent, open.get(agent.id) ?? null))),
    ]);
  };
  const readSome = async (ids: number[]) => {
    const [agents, sessions] = await Promise.all([readFloorAgents(db, ids), findOpenSessions(db, ids)]);
    const byId = new Map(agents.map((agent) => [agent.id, agent]));
    const open = new Map(sessions.map((session) => [session.agentId, session]));
    tell(
      ids.map((id) => {
        const agent = byId.get(id);
        return put(id, agent === undefined ? null : rowOf(agent, open.get(id) ?? null));
      }),
    );
  };
  const stale = createStaleReader({
    clock,
    log,
    failed: "the floor could not be read; trying again",
    readAll,
    readSome,
  });
  /** Calls are in memory: nothing has to be read for them. */
  const callChanged = (agentId: number) => {
    const known = shown.get(agentId);
    if (known !== undefined) tell([put(agentId, { ...known.row, ...callsOf(agentId) })]);
  };
  /** The registered light of who sits there. */
  const signalChanged = (changes: ChoiceChange[]) => {
    stale.some(changes.flatMap(({ row }) => (row?.holding ? [row.holding.agentId] : [])));
  };

  return {
    async start() {
      stale.start();
      stops = [
        choices.onChange(signalChanged),
        hub.subscribe((news) => {
          if (news.type === "leg.changed" || news.type === "leg.removed") {
            if (news.agentId !== null) callChanged(news.agentId);
            return;
          }
          if (news.type === "session.changed" || news.type === "agent.changed" || news.type === "membership.changed")
            stale.some([news.agentId]);
          else if (news.type === "staff.removed") stale.some([news.staffId]);
        }),
      ];
      stale.all();
      await stale.settled();
    },
    async stop() {
      for (const stop of stops) stop();
      await stale.stop();
    },
    encode() {
      order ??= [...shown.values()].sort((a, b) => byName(a.live, b.live));
      return `[${order.map(({ json }) => json).join(",")}]`;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
