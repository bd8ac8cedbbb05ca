import type { AskedFor } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";
import { isOpenRequest, type RequestState, type RequestWhy } from "./takeover.ts";

/** A supervisor gave the telephone to another than who asked for it: who did, and to whom. */
export interface Redirection {
  by: number;
  to: number;
}

/** A request with the names of those it is between. */
export interface TakeoverRequest {
  id: number;
  telephone: { id: number; name: string; endpoint: string };
  holder: { id: number; name: string };
  holderSessionId: number;
  asker: { id: number; name: string };
  askerWatched: boolean;
  askedAt: Date;
  expiresAt: Date;
  answer: RequestState;
  closedAt: Date | null;
  why: RequestWhy | null;
  instead: { by: { id: number; name: string }; to: { id: number; name: string } } | null;
}

const requests = (db: Db) =>
  db
    .selectFrom("takeover_requests as request")
    .innerJoin("staff as telephone", "telephone.id", "request.telephone_id")
    .innerJoin("staff as holder", "holder.id", "request.holder_id")
    .innerJoin("staff as asker", "asker.id", "request.asker_id")
    .leftJoin("staff as changer", "changer.id", "request.changed_by")
    .leftJoin("staff as getter", "getter.id", "request.given_to")
    .select([
      "request.id",
      "request.holder_session_id as holderSessionId",
      "request.asker_watched as askerWatched",
      "request.asked_at as askedAt",
      "request.expires_at as expiresAt",
      "request.answer",
      "request.closed_at as closedAt",
      "telephone.id as telephoneId",
      "telephone.full_name as telephoneName",
      "telephone.username as endpoint",
      "holder.id as holderId",
      "holder.full_name as holderName",
      "asker.id as askerId",
      "asker.full_name as askerName",
      "request.why",
      "changer.id as changerId",
      "changer.full_name as changerName",
      "getter.id as getterId",
      "getter.full_name as getterName",
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof requests>["executeTakeFirstOrThrow"]>>;

const view = ({
  telephoneId,
  telephoneName,
  endpoint,
  holderId,
  holderName,
  askerId,
  askerName,
  changerId,
  changerName,
  getterId,
  getterName,
  ...request
}: Row): TakeoverRequest => ({
  ...request,
  instead:
    changerId === null || changerName === null || getterId === null || getterName === null
      ? null
      : { by: { id: changerId, name: changerName }, to: { id: getterId, name: getterName } },
  telephone: { id: telephoneId, name: telephoneName, endpoint },
  holder: { id: holderId, name: holderName },
  asker: { id: askerId, name: askerName },
});

/** Every request that still stands. */
export async function listOpenRequests(db: Db): Promise<TakeoverRequest[]> {
  return (await requests(db).where("closed_at", "is", null).orderBy("request.id").execute()).map(view);
}

/** A new request; the database refuses a second open one of the asker or for the telephone. */
export async function insertRequest(
  db: Db,
  request: {
    telephoneId: number;
    holderId: number;
    holderSessionId: number;
    askerId: number;
    askerWatched: boolean;
    askedAt: Date;
    expiresAt: Date;
    forcedBy: number | null;
  },
): Promise<TakeoverRequest> {
  const { id } = await db
    .insertInto("takeover_requests")
    .values({
      telephone_id: request.telephoneId,
      holder_id: request.holderId,
      holder_session_id: request.holderSessionId,
      asker_id: request.askerId,
      asker_watched: request.askerWatched,
      asked_at: request.askedAt,
      expires_at: request.expiresAt,
      answer: "waiting",
      forced_by: request.forcedBy,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return view(await requests(db).where("request.id", "=", id).executeTakeFirstOrThrow());
}

/** Writes an open request's next state down, with what explains it; false where it was closed already. */
export async function writeRequest(
  db: Db,
  id: number,
  next: { answer: RequestState; why: RequestWhy | null; instead?: Redirection | null },
  at: Date,
): Promise<boolean> {
  const { answer, why, instead = null } = next;
  const { numUpdatedRows } = await db
    .updateTable("takeover_requests")
    .set({
      ...{ answer, why, closed_at: isOpenRequest(answer) ? null : at },
      ...{ changed_by: instead?.by ?? null, given_to: instead?.to ?? null },
    })
    .where("id", "=", id)
    .where("closed_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Sessions that wait to be handed over to somebody who asks no more: Perch was stopped in between. */
export async function listOrphanedEndings(db: Db): Promise<{ sessionId: number; agentId: number }[]> {
  return db
    .selectFrom("session_endings as ending")
    .innerJoin("sessions", "sessions.id", "ending.session_id")
    .leftJoin("takeover_requests as request", (join) =>
      join.onRef("request.holder_session_id", "=", "ending.session_id").on("request.closed_at", "is", null),
    )
    .where("ending.event", "=", "taken-over")
    .where("sessions.ended_at", "is", null)
    .where("request.id", "is", null)
    .select(["ending.session_id as sessionId", "sessions.agent_id as agentId"])
    .execute();
}

/** The asker has put the answers he got aside. */
export async function markRequestsSeen(db: Db, askerId: number, at: Date): Promise<void> {
  await db
    .updateTable("takeover_requests")
    .set({ seen_at: at })
    .where("asker_id", "=", askerId)
    .where("seen_at", "is", null)
    .where("closed_at", "is not", null)
    .execute();
}

/** What an agent asked for last: while it stands, or answered since an instant and not put aside. */
export async function findAskedFor(db: Db, askerId: number, since: Date): Promise<AskedFor | null> {
  const row = await requests(db)
    .where("request.asker_id", "=", askerId)
    .where("request.seen_at", "is", null)
    .where((eb) => eb.or([eb("request.closed_at", "is", null), eb("request.closed_at", ">=", since)]))
    .orderBy("request.id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : presentRequest(view(row));
}

/** A request as its asker sees it. */
export function presentRequest(request: TakeoverRequest): AskedFor {
  const { id, telephone, holder, askedAt, expiresAt, answer, why, instead } = request;
  return {
    id,
    telephone: { id: telephone.id, name: telephone.name },
    holder,
    askedAt: askedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    answer,
    ...(why === null ? {} : { why }),
    ...(instead === null ? {} : { instead }),
  };
}
