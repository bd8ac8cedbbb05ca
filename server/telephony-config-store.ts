import { readCalendars } from "./calendars/calendar-store.ts";
import type { Database, Db } from "./db/pool.ts";
import { findMusicOfProjects } from "./ivr/prompt-use-store.ts";
import { type QueueSounds, SOUND_COLUMNS, soundsOf } from "./queues/queue-sound-row.ts";
import { promptLanguage } from "./staff/prompt-language.ts";
import { settingsFrom } from "./staff/setting.ts";
import { readSettings } from "./staff/setting-store.ts";
import type {
  AgentNumberConfig,
  CallingConfig,
  QueueConfig,
  RemoteLineConfig,
  TelephoneConfig,
  TelephonyConfig,
  TrunkConfig,
} from "./telephony-config.ts";
import { readInboundRoutes } from "./trunks/inbound-config-store.ts";
import { readOutboundConfig } from "./trunks/outbound-config-store.ts";

/** A trunk as it stands in the database: its password is sealed. */
export type SealedTrunk = Omit<TrunkConfig, "password"> & { passwordSealed: string | null };
/** A queue before its prompts and its name are files. */
export type PlainQueue = Omit<QueueConfig, "sounds"> & { heard: QueueSounds };
export type SealedConfig = Omit<TelephonyConfig, "trunks" | "queues" | "music"> & {
  trunks: SealedTrunk[];
  queues: PlainQueue[];
  /** The prompts that projects let callers hear as music. */
  musicPromptIds: number[];
};

/**
 * Everything the telephone system has to know, of one instant. A disabled telephone is not in it, so it can neither
 * register nor call.
 */
export function readTelephonyConfig(db: Database): Promise<SealedConfig> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (tx) => {
      const { watchedTrunks, ...outbound } = await readOutboundConfig(tx);
      return {
        telephones: await telephones(tx),
        agentNumbers: await agentNumbers(tx),
        remoteLines: await remoteLines(tx),
        calling: await calling(tx),
        queues: await queues(tx),
        musicPromptIds: await findMusicOfProjects(tx),
        trunks: (await trunks(tx)).map((trunk) => ({ ...trunk, watched: watchedTrunks.has(trunk.trunkId) })),
        inboundRoutes: await readInboundRoutes(tx),
        calendars: await readCalendars(tx),
        ...outbound,
      };
    });
}

const telephones = (db: Db): Promise<TelephoneConfig[]> =>
  db
    .selectFrom("staff")
    .innerJoin("telephones", "telephones.staff_id", "staff.id")
    .select(["staff.username as endpoint", "telephones.ha1_md5 as ha1Md5", "telephones.ha1_sha256 as ha1Sha256"])
    .select(["staff.internal", "staff.full_name as displayName", "telephones.place"])
    .select((eb) => eb("telephones.owner_agent_id", "is", null).$castTo<boolean>().as("shared"))
    .where("telephones.line", "=", "sip")
    .where("staff.deleted_at", "is", null)
    .where("staff.enabled", "=", true)
    .orderBy("staff.id")
    .execute();

/** Those that agents may log in on. */
const remoteLines = async (db: Db): Promise<RemoteLineConfig[]> => {
  const found = await db
    .selectFrom("staff")
    .innerJoin("telephones", "telephones.staff_id", "staff.id")
    .innerJoin("agents", "agents.staff_id", "telephones.owner_agent_id")
    .where("telephones.line", "=", "remote")
    .where("staff.deleted_at", "is", null)
    .where("staff.enabled", "=", true)
    .select(["agents.staff_id as agentId", "agents.remote_number as number"])
    .select(["agents.accept_by_key as acceptByKey", "agents.language"])
    .orderBy("agents.staff_id")
    .execute();
  const house = promptLanguage(settingsFrom(await readSettings(db)));
  return found.map(({ language, ...line }) => ({ ...line, language: language ?? house }));
};

/** Those of agents who may sign in. */
const agentNumbers = async (db: Db): Promise<AgentNumberConfig[]> => {
  const found = await db
    .selectFrom("staff")
    .innerJoin("agents", "agents.staff_id", "staff.id")
    .select(["staff.internal", "agents.when_away", "agents.away_number"])
    .where("staff.deleted_at", "is", null)
    .where("staff.enabled", "=", true)
    .orderBy("staff.id")
    .execute();
  return found.flatMap(({ internal, when_away, away_number }) =>
    internal === null ? [] : [{ internal, awayNumber: when_away === "number" ? away_number : null }],
  );
};

async function calling(db: Db): Promise<CallingConfig> {
  const settings = settingsFrom(await readSettings(db));
  const { emergencyNumbers, idleTelephonesMayCall, transferCodes, askedRingSeconds } = settings;
  const language = promptLanguage(settings);
  return { language, emergencyNumbers, idleTelephonesMayCall, transferCodes, askedRingSeconds };
}

const queues = async (db: Db): Promise<PlainQueue[]> => {
  const found = await db
    .selectFrom("queues")
    .select(["id as queueId", "name", "strategy", "ring_seconds as ringSeconds", "max_wait_seconds as maxWaitSeconds"])
    .select("record_percent as recordPercent")
    .select([...SOUND_COLUMNS])
    .select((eb) => eb("phone_disposition", "<>", "off").$castTo<boolean>().as("disposesByPhone"))
    .where("deleted_at", "is", null)
    .orderBy("id")
    .execute();
  return found.map(
    ({ queueId, name, strategy, ringSeconds, maxWaitSeconds, recordPercent, disposesByPhone, ...row }) => ({
      ...{ queueId, name, strategy, ringSeconds, maxWaitSeconds, recordPercent, disposesByPhone },
      heard: soundsOf(row),
    }),
  );
};

const trunks = (db: Db): Promise<SealedTrunk[]> =>
  db
    .selectFrom("trunks")
    .select(["id as trunkId", "name", "host", "port", "match", "username", "password_sealed as passwordSealed"])
    .where("deleted_at", "is", null)
    .orderBy("id")
    .execute();
