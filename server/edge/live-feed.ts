import { isDeepStrictEqual } from "node:util";
import { CLOSE } from "../../contract/protocol.ts";
import type { LiveEvent } from "../../contract/snapshot.ts";
import type { SessionEnd } from "../../contract/views.ts";
import type { FloorChange, FloorService } from "../floor/floor-service.ts";
import type { Hub, News } from "../hub.ts";
import type { Log } from "../log.ts";
import type { LastEnd } from "../sessions/session-ending-store.ts";
import { isListed } from "../telephones/choice.ts";
import type { ChoiceChange, ChoiceService } from "../telephones/choice-service.ts";
import type { LiveConnection } from "./live-connection.ts";
import type { LiveSources } from "./live-sources.ts";

/** Turns the hub's news into each desktop's events. Who gets what is decided here and nowhere else. */
export interface LiveFeed {
  start(): void;
  stop(): void;
  /** Sends the snapshot and keeps it true from then on. */
  add(connection: LiveConnection): Promise<void>;
  remove(connection: LiveConnection): void;
  all(): Iterable<LiveConnection>;
}

/** From so many changed telephones on, the whole list is shorter than its changes. */
const MANY_CHANGES = 200;

/** Nobody is connected yet; `start` listens to the hub. */
export function createLiveFeed(deps: {
  hub: Hub;
  log: Log;
  choices: ChoiceService;
  floor: Pick<FloorService, "encode" | "onChange">;
  sources: LiveSources;
}): LiveFeed {
  const { hub, log, choices, floor, sources } = deps;
  const connections = new Set<LiveConnection>();
  const byPerson = new Map<number, Set<LiveConnection>>();
  const staleSessions = new Set<number>();
  const staleToDispose = new Set<number>();
  const staleAskedFor = new Set<number>();
  const stalePeople = new Set<number>();
  const staleQueues = new Set<number>();
  let telephonyStale = false;
  let flushing = false;
  let stops: (() => void)[] = [];

  const encode = (event: LiveEvent) => JSON.stringify(event);
  const everybody = (event: LiveEvent) => {
    const json = encode(event);
    for (const connection of connections) if (connection.ready) connection.send(json);
  };
  const linesOf = (agentId: number) => [...(byPerson.get(agentId) ?? [])].filter(({ me }) => me.role === "agent");
  /** Of the agent's lines those that can take an event; the others learn that their snapshot is old already. */
  const readyLinesOf = (agentId: number) =>
    linesOf(agentId).filter((line) => {
      if (!line.ready) line.missed = true;
      return line.ready;
    });

  const showChoices = (line: LiveConnection, shown: boolean) => {
    line.choicesShown = shown;
    line.noneRegistered = choices.noneRegistered();
    const list = shown ? Buffer.concat(choices.encode(line.viewer)).toString() : "null";
    line.send(`{"type":"choices.replaced","choices":${list}}`);
  };
  const flushSession = async (agentId: number) => {
    if (linesOf(agentId).length === 0) return;
    const session = await sources.session(agentId);
    const ended = session === null ? await sources.ended(agentId) : null;
    for (const line of readyLinesOf(agentId)) {
      line.send(encode({ type: "session.changed", session, ended: endSince(ended, line) }));
      if (line.choicesShown !== (session === null)) showChoices(line, session === null);
    }
  };
  const flushToDispose = async (agentId: number) => {
    if (linesOf(agentId).length === 0) return;
    const json = encode({ type: "to-dispose.changed", toDispose: await sources.toDispose(agentId) });
    for (const line of readyLinesOf(agentId)) line.send(json);
  };
  const flushAskedFor = async (agentId: number) => {
    if (linesOf(agentId).length === 0) return;
    const json = encode({ type: "asked-for.changed", askedFor: await sources.askedFor(agentId) });
    for (const line of readyLinesOf(agentId)) line.send(json);
  };
  /** An account was set up otherwise: what he is and what he may choose from follows, without a new line. */
  const flushPerson = async (staffId: number) => {
    if (!byPerson.has(staffId)) return;
    const me = await sources.me(staffId);
    for (const line of byPerson.get(staffId) ?? []) {
      if (me === null || me.role !== line.me.role) {
        line.close(CLOSE.signInRequired, "sign in again");
        continue;
      }
      if (!line.ready) line.missed = true;
      const before = line.viewer;
      line.become(me);
      if (!line.ready) continue;
      line.send(encode({ type: "me.changed", me }));
      if (line.choicesShown && !isDeepStrictEqual(before, line.viewer)) showChoices(line, true);
    }
  };
  const flushQueues = () => {
    if (staleQueues.size === 0) return;
    const now = new Map(sources.queues().map((queue) => [queue.id, queue]));
    for (const queueId of staleQueues) {
      const queue = now.get(queueId);
      everybody(queue === undefined ? { type: "queue.removed", queueId } : { type: "queue.changed", queue });
    }
    staleQueues.clear();
  };
  /** One person's failure to be read must not keep the others waiting; his lines start over. */
  const guarded = async (agentId: number, work: Promise<void>) => {
    try {
      await work;
    } catch (error) {
      log.warn({ err: error, agentId }, "a desktop could not be kept true; it has to connect again");
      for (const line of linesOf(agentId)) line.close(1011, "could not be read");
    }
  };
  const people = [
    { stale: staleSessions, flush: flushSession },
    { stale: staleToDispose, flush: flushToDispose },
    { stale: staleAskedFor, flush: flushAskedFor },
    { stale: stalePeople, flush: flushPerson },
  ];
  const isStale = () => telephonyStale || staleQueues.size > 0 || people.some(({ stale }) => stale.size > 0);
  const flush = async () => {
    while (isStale()) {
      if (telephonyStale) everybody({ type: "telephony.changed", telephony: sources.telephony() });
      telephonyStale = false;
      flushQueues();
      const work = people.flatMap((kind) => [...kind.stale].map((id) => guarded(id, kind.flush(id))));
      for (const { stale } of people) stale.clear();
      await Promise.all(work);
    }
  };
  /** What changes within one turn of the event loop is read and sent once. */
  const soon = () => {
    if (flushing) return;
    flushing = true;
    setImmediate(() => {
      flush()
        .catch((error: unknown) => log.error({ err: error }, "live events could not be sent"))
        .finally(() => {
          flushing = false;
          if (isStale()) soon();
        });
    });
  };

  const toAgent = (agentId: number | null, event: LiveEvent) => {
    const lines = agentId === null ? [] : linesOf(agentId);
    if (lines.length === 0) return;
    const json = encode(event);
    for (const line of lines) line.send(json);
  };
  const alarmsChanged = () => {
    const json = encode({ type: "alarms.changed", alarms: sources.alarms() });
    for (const line of connections) if (line.ready && line.me.role !== "agent") line.send(json);
  };
  /** The line of who was put out says by whom, by the name of now. */
  const renamed = (staffId: number) => {
    for (const line of connections) if (line.endedBy === staffId) staleSessions.add(line.me.id);
  };
  const heard = (news: News) => {
    if (news.type === "staff.changed") renamed(news.staffId);
    if (news.type === "agent.changed") renamed(news.agentId);
    if (news.type === "leg.changed") toAgent(news.agentId, { type: "leg.changed", leg: news.leg });
    else if (news.type === "leg.removed") toAgent(news.agentId, { type: "leg.removed", legId: news.legId });
    else if (news.type === "session.changed") staleSessions.add(news.agentId);
    else if (news.type === "takeover.changed") staleAskedFor.add(news.agentId);
    else if (news.type === "staff.changed") stalePeople.add(news.staffId);
    else if (news.type === "agent.changed") stalePeople.add(news.agentId);
    else if (news.type === "to-dispose.changed") staleToDispose.add(news.agentId);
    else if (news.type === "queue.changed") staleQueues.add(news.queueId);
    else if (news.type === "telephony.changed") telephonyStale = true;
    else if (news.type === "alarms.changed") return alarmsChanged();
    else return;
    if (!news.type.startsWith("leg.")) soon();
  };

  const choicesChanged = (changes: ChoiceChange[], noneRegistered: boolean) => {
    const encoded = changes.map(({ telephoneId, before, row, choice }) => ({
      before,
      row,
      changed: choice === null ? null : encode({ type: "choice.changed", telephone: choice, noneRegistered }),
      removed: encode({ type: "choice.removed", telephoneId, noneRegistered }),
    }));
    for (const line of connections) {
      if (!line.ready || !line.choicesShown) continue;
      const events = encoded.flatMap(({ before, row, changed, removed }) => {
        if (row !== null && changed !== null && isListed(row, line.viewer)) return [changed];
        return before !== null && isListed(before, line.viewer) ? [removed] : [];
      });
      const ruleAlone = events.length === 0 && line.noneRegistered !== noneRegistered;
      if (ruleAlone || events.length > MANY_CHANGES) showChoices(line, true);
      else for (const event of events) line.send(event);
      line.noneRegistered = noneRegistered;
    }
    // The registered light of who sits there.
    for (const { row } of changes) if (row?.holding) staleSessions.add(row.holding.agentId);
    if (staleSessions.size > 0) soon();
  };

  const floorChanged = (changes: FloorChange[]) => {
    const lines = [...connections].filter((line) => line.ready && line.me.role !== "agent");
    if (lines.length === 0) return;
    const events =
      changes.length > MANY_CHANGES
        ? [`{"type":"agents.replaced","agents":${floor.encode()}}`]
        : changes.map(({ agentId, json }) =>
            json === null ? encode({ type: "agent.removed", agentId }) : `{"type":"agent.changed","agent":${json}}`,
          );
    for (const line of lines) for (const event of events) line.send(event);
  };

  /** Only whom it concerns: the counts of the others are what they were. */
  const itemsChanged = () => {
    for (const line of connections) {
      if (!line.ready) continue;
      const items = JSON.stringify(sources.items(line.me));
      if (items !== line.items) line.send(`{"type":"items.changed","items":${items}}`);
      line.items = items;
    }
  };

  const snapshot = async (line: LiveConnection) => {
    const { id, role } = line.me;
    const [session, ended, askedFor, legs, toDispose] =
      role === "agent"
        ? await Promise.all([
            sources.session(id),
            sources.ended(id),
            sources.askedFor(id),
            sources.legs(id),
            sources.toDispose(id),
          ])
        : [null, null, null, [], []];
    // From here on nothing is awaited: what is in memory is true at the instant the snapshot goes out.
    line.choicesShown = role !== "agent" || session === null;
    line.noneRegistered = choices.noneRegistered();
    line.items = JSON.stringify(sources.items(line.me));
    line.hello({
      me: JSON.stringify(line.me),
      telephony: JSON.stringify(sources.telephony()),
      session: JSON.stringify(session),
      ended: JSON.stringify(session === null ? endSince(ended, line) : null),
      askedFor: JSON.stringify(askedFor),
      legs: JSON.stringify(legs),
      toDispose: JSON.stringify(toDispose),
      choices: line.choicesShown ? Buffer.concat(choices.encode(line.viewer)).toString() : "null",
      queues: JSON.stringify(sources.queues()),
      items: line.items,
      agents: role === "agent" ? "null" : floor.encode(),
      ...(role === "agent" ? {} : { alarms: JSON.stringify(sources.alarms()) }),
    });
    if (!line.missed) return;
    staleSessions.add(id);
    staleToDispose.add(id);
    staleAskedFor.add(id);
    stalePeople.add(id);
    soon();
  };

  return {
    start() {
      stops = [hub.subscribe(heard), choices.onChange(choicesChanged), floor.onChange(floorChanged)];
      stops.push(sources.onItems(itemsChanged));
    },
    stop() {
      for (const stop of stops) stop();
    },
    async add(line) {
      connections.add(line);
      byPerson.set(line.me.id, (byPerson.get(line.me.id) ?? new Set()).add(line));
      await snapshot(line);
    },
    remove(line) {
      connections.delete(line);
      const mine = byPerson.get(line.me.id);
      mine?.delete(line);
      if (mine?.size === 0) byPerson.delete(line.me.id);
    },
    all: () => connections,
  };
}

/** An end that the person behind a line has not seen before he signed in; the line remembers by whom it is. */
function endSince(last: LastEnd | null, line: LiveConnection): SessionEnd | null {
  const isNew = last !== null && Date.parse(last.end.at) >= line.signedInAt.getTime();
  line.endedBy = isNew ? last.byId : null;
  return isNew ? last.end : null;
}
