import { brokenConstraint, type Database, type Db, inTransaction } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { SettingService } from "../staff/setting-service.ts";
import { freeAt, timeoutMsOf } from "../telephones/disconnection-timeout.ts";
import type { RegistrationService } from "../telephones/registration-service.ts";
import type { Telephony } from "../telephony.ts";
import type { Seat, TelephoneFacts } from "./lease.ts";
import { unseat } from "./seating.ts";
import { endSession } from "./session-store.ts";
import { lockTelephone, queuesOf, readStanding, type TelephoneStanding } from "./standing-store.ts";

/** What login and moving do alike to get at a telephone. */
export interface SeatTaking {
  /** A telephone as the decision sees it. */
  factsOf(standing: TelephoneStanding): TelephoneFacts;
  /** The telephone that is asked for, locked until the transaction ends. */
  asked(tx: Db, telephoneId: number | undefined): Promise<TelephoneFacts | "unknown" | null>;
  /** Puts the holder out. Only one whose turn we have: another may have sat down since the question was asked. */
  putOut(tx: Db, seat: Seat, mine: number | null, by: number, at: Date): Promise<Refusal | null>;
  /** Constraints are the last word on who was first; who lost reads the new state once and says who has it. */
  inOneTransaction<T>(work: (tx: Db) => Promise<T | Refusal>): Promise<T | Refusal>;
  /** Takes the places in queues away that the holder before left at the telephone. */
  clearSeat(seat: Seat): Promise<void>;
}

/** Builds it; it keeps nothing. */
export function createSeatTaking(deps: {
  db: Database;
  log: Log;
  telephony: Telephony;
  registration: RegistrationService;
  settings: Pick<SettingService, "current">;
}): SeatTaking {
  const { db, log, telephony, registration, settings } = deps;
  const factsOf = (standing: TelephoneStanding): TelephoneFacts => ({
    ...standing,
    registered: registration.registered(standing.endpoint),
    onCall: registration.onCall(standing.endpoint),
    holder:
      standing.holder === null
        ? null
        : { ...standing.holder, freeAt: freeAt(standing.holder.unattendedSince, timeoutMsOf(settings.current())) },
  });
  const asked = async (tx: Db, telephoneId: number | undefined) => {
    if (telephoneId === undefined) return null;
    await lockTelephone(tx, telephoneId);
    const [standing] = await readStanding(tx, { id: telephoneId });
    return standing === undefined ? ("unknown" as const) : factsOf(standing);
  };

  const putOut = async (tx: Db, seat: Seat, mine: number | null, by: number, at: Date): Promise<Refusal | null> => {
    const holder = seat.takeOverFrom;
    if (holder === null) return null;
    if (holder.agentId !== mine) {
      return new Refusal("telephone.held", `${holder.agentName} has just sat down at ${seat.telephone.name}.`, {
        telephone: { id: seat.telephone.id, name: seat.telephone.name },
        heldBy: { id: holder.agentId, name: holder.agentName, since: holder.since.toISOString() },
        needsConfirmation: true,
      });
    }
    await endSession(tx, holder.sessionId, at, "taken-over", by);
    return null;
  };

  const inOneTransaction = async <T>(work: (tx: Db) => Promise<T | Refusal>): Promise<T | Refusal> => {
    try {
      return await inTransaction(db, work);
    } catch (error) {
      if (brokenConstraint(error) === null) throw error;
      return inTransaction(db, work);
    }
  };
  const clearSeat = async ({ takeOverFrom, telephone }: Seat) => {
    if (takeOverFrom === null) return;
    const answer = await unseat(telephony, telephone.endpoint, await queuesOf(db, takeOverFrom.agentId));
    if (!answer.ok)
      log.warn({ telephoneId: telephone.id, why: answer.why }, "the old holder's places were not all cleared");
  };
  return { factsOf, asked, putOut, inOneTransaction, clearSeat };
}
