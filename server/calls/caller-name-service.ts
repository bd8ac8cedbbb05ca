import type { Leg } from "../../contract/views.ts";
import type { Database } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import { isRemoteEndpoint, type Telephony } from "../telephony.ts";
import type { VoiceLanguage } from "../voice-dialogue.ts";
import { CannotSpeak, type VoiceFiles } from "../voice-files.ts";
import type { LiveLegService } from "./live-leg-service.ts";

/** Remote agents hear who calls by name, where the caller is a contact. */
export interface CallerNameService {
  start(): void;
  stop(): Promise<void>;
}

/** More at once have to do with the number. */
const MOST_AT_ONCE = 20;
/** Calls that were told, for as long as they may go on ringing. */
const REMEMBERED = 1_000;

/**
 * Has the name spoken while the agent's number rings. Nobody waits for it: whoever picks up before it is there hears the
 * number by its digits, and the name from the next round on.
 */
export function createCallerNameService(deps: {
  db: Database;
  hub: Hub;
  log: Log;
  liveLegs: Pick<LiveLegService, "find">;
  telephony: Pick<Telephony, "nameCaller">;
  files: Pick<VoiceFiles, "spoken">;
  houseLanguage(): VoiceLanguage;
}): CallerNameService {
  const { db, hub, log, liveLegs, telephony, files } = deps;
  const told = new Set<string>();
  const going = new Set<Promise<void>>();
  let unsubscribe = () => {};

  const tell = async (leg: Leg, name: string, agentId: number | null) => {
    const agent =
      agentId === null
        ? undefined
        : await db.selectFrom("agents").select("language").where("staff_id", "=", agentId).executeTakeFirst();
    const sound = await files.spoken(name, agent?.language ?? deps.houseLanguage());
    const answer = await telephony.nameCaller(leg.legId, sound);
    // Answered, or nobody rings any more: then nobody is told.
    if (!answer.ok) log.debug({ legId: leg.legId, why: answer.why }, "a remote agent was not told the caller's name");
  };

  return {
    start() {
      unsubscribe = hub.subscribe((news) => {
        if (news.type !== "leg.changed" || news.leg.state !== "ringing" || news.leg.contact === null) return;
        const { leg } = news;
        const { legId, contact } = leg;
        const live = liveLegs.find(legId);
        if (contact === null || live === null || !isRemoteEndpoint(live.endpoint)) return;
        if (told.has(legId) || going.size >= MOST_AT_ONCE) return;
        told.add(legId);
        for (const oldest of told) if (told.size > REMEMBERED) told.delete(oldest);
        const one = tell(leg, contact.name, live.agentId)
          .catch((err: unknown) => {
            if (!(err instanceof CannotSpeak)) log.warn({ err, legId }, "a caller's name could not be spoken");
          })
          .finally(() => going.delete(one));
        going.add(one);
      });
    },
    async stop() {
      unsubscribe();
      await Promise.all(going);
    },
  };
}
