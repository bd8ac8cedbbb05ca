import type { Agent, AgentBody } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database, Db } from "../db/pool.ts";
import type { News } from "../hub.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import { insertAccount, updateAccount } from "./account-store.ts";
import { type AgentShape, checkAgent } from "./agent.ts";
import {
  disownTelephones,
  findAgent,
  insertAgent,
  listAgents,
  missingQueues,
  setQueues,
  updateAgent,
} from "./agent-store.ts";
import type { ChangeService } from "./change-service.ts";
import { changedFields } from "./changed-fields.ts";
import type { PasswordService } from "./password-service.ts";
import { clearPinAttempts } from "./pin-store.ts";
import { type KeptLine, keepRemoteLine, removeRemoteLine } from "./remote-line-store.ts";
import { endSignIns, insertStaff, lockStaff, markStaffDeleted, updateStaff } from "./staff-store.ts";
import { lockTeam } from "./team-store.ts";

export type AgentService = Administered<AgentBody, Agent>;

const CONFIGURATION: News = { type: "configuration.changed" };

const unknown = (id: number) => new Refusal("not-found", `There is no agent ${id}.`);

/** People who handle interactions. Disabling or removing one ends his session and frees his telephone (by the news). */
export function createAgentService(deps: {
  db: Database;
  clock: Clock;
  changes: ChangeService;
  passwords: PasswordService;
}): AgentService {
  const { db, clock, changes, passwords } = deps;
  const read = async (tx: Db, id: number) => (await findAgent(tx, id, clock.now())) ?? unknown(id);

  /** Hashes outside the transaction: they take long, and a connection is dear. */
  const hashes = async (body: Partial<AgentBody>) => ({
    passwordHash: body.password === undefined ? undefined : await passwords.hash(body.password),
    pinHash: typeof body.pin === "string" ? await passwords.hash(body.pin) : body.pin,
  });

  return {
    list: (query) => listAgents(db, query, clock.now()),
    get: (id) => read(db, id),
    async create(actor, body) {
      const refused = checkAgent(shapeOf(NEW, body));
      if (refused !== null) return refused;
      const { passwordHash = "", pinHash } = await hashes(body);
      return changes.run<Agent>(actor, async (tx) => {
        const { fullName, username, internal, enabled, typology, teamId, queues = [] } = body;
        const missing = unknownQueues(await missingQueues(tx, queues)) ?? (await unknownTeam(tx, teamId));
        if (missing !== null) return missing;
        const id = await insertStaff(tx, { kind: "agent", fullName, username, internal, enabled });
        if (id instanceof Refusal) return id;
        await insertAccount(tx, id, { passwordHash, email: body.email ?? null });
        await insertAgent(tx, id, { ...body, typology, pinHash });
        await setQueues(tx, id, queues);
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        const line = await keepRemoteLine(tx, result, clock.now());
        return {
          result,
          action: "agent.create",
          subject: `agent ${id}`,
          facts: changedFields(body),
          news: [
            { type: "membership.changed", agentId: id },
            { type: "agent.changed", agentId: id },
            ...ofLine(line),
            ...(result.internal === null && line === null ? [] : [CONFIGURATION]),
          ],
        };
      });
    },
    async change(actor, id, patch) {
      const { passwordHash, pinHash } = await hashes(patch);
      return changes.run<Agent>(actor, async (tx) => {
        const before = await lockStaff(tx, id, ["agent"]);
        const was = before === null ? null : await findAgent(tx, id, clock.now());
        if (was === null) return unknown(id);
        const { fullName, username, internal, enabled, teamId, queues } = patch;
        const refused =
          checkAgent(shapeOf(was, patch)) ??
          unknownQueues(await missingQueues(tx, queues ?? [])) ??
          (await unknownTeam(tx, teamId)) ??
          (await updateStaff(tx, id, { fullName, username, internal, enabled }, clock.now()));
        if (refused !== null) return refused;
        await updateAccount(tx, id, { passwordHash, email: patch.email });
        await updateAgent(tx, id, { ...patch, pinHash });
        if (pinHash !== undefined && was.internal !== null) await clearPinAttempts(tx, was.internal);
        if (queues !== undefined) await setQueues(tx, id, queues);
        const disabled = enabled === false && was.enabled;
        if (disabled || passwordHash !== undefined) await endSignIns(tx, id);
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        const news: News[] = [
          { type: "membership.changed", agentId: id },
          { type: "agent.changed", agentId: id },
        ];
        if (disabled) news.push({ type: "staff.removed", staffId: id });
        news.push(...ofLine(await keepRemoteLine(tx, result, clock.now())));
        if ([...DIALLED, ...RUNG].some((field) => result[field] !== was[field])) news.push(CONFIGURATION);
        return { result, action: "agent.change", subject: `agent ${id}`, facts: changedFields(patch), news };
      });
    },
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        const before = await lockStaff(tx, id, ["agent"]);
        if (before === null) return unknown(id);
        const telephones = await disownTelephones(tx, id, clock.now());
        const lineId = await removeRemoteLine(tx, id, clock.now());
        await setQueues(tx, id, []);
        await markStaffDeleted(tx, id, clock.now());
        const news: News[] = [
          { type: "staff.removed", staffId: id },
          { type: "membership.changed", agentId: id },
          { type: "agent.changed", agentId: id },
          ...telephones.map((telephoneId): News => ({ type: "telephone.changed", telephoneId })),
          ...(lineId === null ? [] : ofLine({ telephoneId: lineId, gone: true })),
        ];
        if (telephones.length > 0 || lineId !== null || before.internal !== null) news.push(CONFIGURATION);
        return {
          result: undefined,
          action: "agent.remove",
          subject: `agent ${id}`,
          facts: { fullName: before.fullName, username: before.username, telephonesDisabled: telephones },
          news,
        };
      }),
  };
}

/** What the dial plan says about an agent: his number, where his calls go while he is away, and whose routes he may use. */
const DIALLED = ["internal", "enabled", "whenAway", "awayNumber", "teamId"] as const;

const NEW = { hotdesk: false, internal: null, whenAway: "busy", awayNumber: null } as const;

/** What it says about his line. */
const RUNG = ["typology", "remoteNumber", "remoteAllowed", "acceptByKey", "language"] as const;

const ofLine = (line: KeptLine | null): News[] =>
  line === null
    ? []
    : [
        { type: "telephone.changed", telephoneId: line.telephoneId },
        { type: line.gone ? "staff.removed" : "staff.changed", staffId: line.telephoneId },
      ];

/** The agent as he would be. */
function shapeOf(was: Omit<AgentShape, "typology"> & Partial<AgentShape>, now: Partial<AgentBody>): AgentShape {
  return {
    typology: now.typology ?? was.typology ?? "external",
    hotdesk: now.hotdesk ?? was.hotdesk,
    internal: now.internal === undefined ? was.internal : now.internal,
    whenAway: now.whenAway ?? was.whenAway,
    awayNumber: now.awayNumber === undefined ? was.awayNumber : now.awayNumber,
  };
}

function unknownQueues(ids: number[]): Refusal | null {
  if (ids.length === 0) return null;
  return new Refusal("reference.unknown", `There is no queue ${ids.join(", ")}.`, { field: "queues", unknown: ids });
}

async function unknownTeam(tx: Db, id: number | null | undefined): Promise<Refusal | null> {
  if (id === null || id === undefined || (await lockTeam(tx, id)) !== null) return null;
  return new Refusal("reference.unknown", `There is no team ${id}.`, { field: "teamId", unknown: [id] });
}
