import { sql } from "kysely";
import type { Me } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";

const people = (db: Db) =>
  db
    .selectFrom("staff")
    .innerJoin("accounts", "accounts.staff_id", "staff.id")
    .leftJoin("agents", "agents.staff_id", "staff.id")
    .select(["staff.id", "staff.kind", "staff.full_name", "staff.username", "staff.internal"])
    .select(["agents.typology", "agents.hotdesk"])
    .where("staff.deleted_at", "is", null)
    .where("staff.enabled", "=", true);

type Row = Awaited<ReturnType<ReturnType<typeof people>["executeTakeFirstOrThrow"]>>;

function view(row: Row): Me {
  return {
    id: row.id,
    fullName: row.full_name,
    username: row.username,
    // Telephones have no account, so the join leaves people alone.
    role: row.kind === "telephone" ? "agent" : row.kind,
    internal: row.internal,
    typology: row.typology,
    hotdesk: row.hotdesk ?? false,
  };
}

/** Somebody who may sign in, with the hash of his password. */
export async function findByUsername(db: Db, username: string): Promise<{ me: Me; passwordHash: string } | null> {
  const row = await people(db)
    .select("accounts.password_hash")
    .where(sql`lower(staff.username)`, "=", sql`lower(${username})`)
    .executeTakeFirst();
  return row === undefined ? null : { me: view(row), passwordHash: row.password_hash };
}

export async function findMe(db: Db, staffId: number): Promise<Me | null> {
  const row = await people(db).where("staff.id", "=", staffId).executeTakeFirst();
  return row === undefined ? null : view(row);
}

/** Whom a token stands for now: nobody when it has ended or he was disabled or removed. */
export async function findSignedIn(
  db: Db,
  tokenHash: Buffer,
  now: Date,
): Promise<{
  staffId: number;
  kind: Me["role"] | "telephone";
  hotdesk: boolean | null;
  lastSeenAt: Date;
  expiresAt: Date;
} | null> {
  const row = await db
    .selectFrom("sign_ins")
    .innerJoin("staff", "staff.id", "sign_ins.staff_id")
    .leftJoin("agents", "agents.staff_id", "staff.id")
    .select(["staff.id as staffId", "staff.kind", "agents.hotdesk", "sign_ins.last_seen_at as lastSeenAt"])
    .select("sign_ins.expires_at as expiresAt")
    .where("token_hash", "=", tokenHash)
    .where("expires_at", ">", now)
    .where("staff.deleted_at", "is", null)
    .where("staff.enabled", "=", true)
    .executeTakeFirst();
  return row ?? null;
}

/** Since when somebody is signed in; null when he is not (any more). */
export async function findSignInStart(db: Db, tokenHash: Buffer): Promise<Date | null> {
  const row = await db
    .selectFrom("sign_ins")
    .select("created_at")
    .where("token_hash", "=", tokenHash)
    .executeTakeFirst();
  return row?.created_at ?? null;
}

export async function insertSignIn(
  tx: Db,
  signIn: { tokenHash: Buffer; staffId: number; at: Date; expiresAt: Date },
): Promise<void> {
  await tx
    .insertInto("sign_ins")
    .values({
      token_hash: signIn.tokenHash,
      staff_id: signIn.staffId,
      created_at: signIn.at,
      last_seen_at: signIn.at,
      expires_at: signIn.expiresAt,
    })
    .execute();
}

/** Ends what has expired, and of one person all but the newest `keep`. */
export async function endOldSignIns(tx: Db, staffId: number, keep: number, now: Date): Promise<void> {
  await tx.deleteFrom("sign_ins").where("expires_at", "<=", now).execute();
  const newest = tx
    .selectFrom("sign_ins")
    .select("token_hash")
    .where("staff_id", "=", staffId)
    .orderBy("last_seen_at", "desc")
    .limit(keep);
  await tx.deleteFrom("sign_ins").where("staff_id", "=", staffId).where("token_hash", "not in", newest).execute();
}

export async function extendSignIn(db: Db, tokenHash: Buffer, at: Date, expiresAt: Date): Promise<void> {
  await db
    .updateTable("sign_ins")
    .set({ last_seen_at: at, expires_at: expiresAt })
    .where("token_hash", "=", tokenHash)
    .execute();
}

/** Ends one sign-in; answers whose it was. */
export async function deleteSignIn(tx: Db, tokenHash: Buffer): Promise<number | null> {
  const query = tx.deleteFrom("sign_ins").where("token_hash", "=", tokenHash).returning("staff_id");
  return (await query.executeTakeFirst())?.staff_id ?? null;
}

/** Whether anybody was ever made: an empty house gets its first administrator. */
export async function houseIsEmpty(tx: Db): Promise<boolean> {
  await sql`lock table staff in share row exclusive mode`.execute(tx);
  return (await tx.selectFrom("staff").select("id").limit(1).executeTakeFirst()) === undefined;
}
