import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import type { StaffKind } from "../db/tables.ts";
import { Refusal } from "../refusal.ts";
import { settingsFrom } from "./setting.ts";
import { readSettings } from "./setting-store.ts";

export interface NewStaff {
  kind: StaffKind;
  fullName: string;
  username: string;
  internal?: string | null | undefined;
  enabled?: boolean | undefined;
}

/** The part of a change that concerns the staff row; what is undefined stays. */
export interface StaffPatch {
  kind?: StaffKind | undefined;
  fullName?: string | undefined;
  username?: string | undefined;
  internal?: string | null | undefined;
  enabled?: boolean | undefined;
}

/** Adds a member; answers his id, or who has the username or the internal number. */
export async function insertStaff(tx: Db, staff: NewStaff): Promise<number | Refusal> {
  const taken = await findTaken(tx, staff);
  if (taken !== null) return taken;
  const { id } = await tx
    .insertInto("staff")
    .values({
      kind: staff.kind,
      full_name: staff.fullName,
      username: staff.username,
      internal: staff.internal ?? null,
      enabled: staff.enabled ?? true,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Changes a living member that the caller has locked. */
export async function updateStaff(tx: Db, id: number, patch: StaffPatch, at: Date): Promise<Refusal | null> {
  const taken = await findTaken(tx, patch, id);
  if (taken !== null) return taken;
  await tx
    .updateTable("staff")
    .set({
      updated_at: at,
      ...(patch.kind === undefined ? {} : { kind: patch.kind }),
      ...(patch.fullName === undefined ? {} : { full_name: patch.fullName }),
      ...(patch.username === undefined ? {} : { username: patch.username }),
      ...(patch.internal === undefined ? {} : { internal: patch.internal }),
      ...(patch.enabled === undefined ? {} : { enabled: patch.enabled }),
    })
    .where("id", "=", id)
    .execute();
  return null;
}

/** Takes a member out of the house; his row stays for the reports, his names are free again. */
export async function markStaffDeleted(tx: Db, id: number, at: Date): Promise<void> {
  await tx.updateTable("staff").set({ deleted_at: at, updated_at: at }).where("id", "=", id).execute();
  await endSignIns(tx, id);
}

/** Whoever is signed in as this person is not any more. */
export async function endSignIns(tx: Db, staffId: number): Promise<void> {
  await tx.deleteFrom("sign_ins").where("staff_id", "=", staffId).execute();
}

export interface LockedStaff {
  id: number;
  kind: StaffKind;
  fullName: string;
  username: string;
  internal: string | null;
  enabled: boolean;
}

/** A living member of one of the kinds, locked until the transaction ends; null when there is none. */
export async function lockStaff(tx: Db, id: number, kinds: StaffKind[]): Promise<LockedStaff | null> {
  const row = await tx
    .selectFrom("staff")
    .select(["id", "kind", "full_name as fullName", "username", "internal", "enabled"])
    .where("id", "=", id)
    .where("kind", "in", kinds)
    .where("deleted_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** The enabled administrators, locked, so that two cannot remove each other at once. */
export async function lockAdmins(tx: Db): Promise<number[]> {
  const rows = await tx
    .selectFrom("staff")
    .select("id")
    .where("kind", "=", "admin")
    .where("enabled", "=", true)
    .where("deleted_at", "is", null)
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

const KIND_WORDS: Record<StaffKind, string> = {
  admin: "the administrator",
  supervisor: "the supervisor",
  agent: "the agent",
  telephone: "the telephone",
};

/** Who of the living already has the username or the internal number. */
async function findTaken(
  tx: Db,
  wanted: { username?: string | undefined; internal?: string | null | undefined },
  exceptId = 0,
): Promise<Refusal | null> {
  const living = tx
    .selectFrom("staff")
    .select(["id", "kind", "full_name"])
    .where("deleted_at", "is", null)
    .where("id", "<>", exceptId);
  if (wanted.username !== undefined) {
    const { username } = wanted;
    const by = await living.where(sql`lower(username)`, "=", sql`lower(${username})`).executeTakeFirst();
    if (by !== undefined) {
      return new Refusal("staff.username-taken", `The username ${username} belongs to ${nameOf(by)}.`, {
        field: "username",
        takenBy: { id: by.id, name: by.full_name },
      });
    }
  }
  if (wanted.internal !== undefined && wanted.internal !== null) {
    if (settingsFrom(await readSettings(tx)).emergencyNumbers.includes(wanted.internal)) {
      return new Refusal("staff.internal-taken", `${wanted.internal} is an emergency number.`, { field: "internal" });
    }
    const by = await living.where("internal", "=", wanted.internal).executeTakeFirst();
    if (by !== undefined) {
      return new Refusal("staff.internal-taken", `The internal number ${wanted.internal} belongs to ${nameOf(by)}.`, {
        field: "internal",
        takenBy: { id: by.id, name: by.full_name },
      });
    }
  }
  return null;
}

/** The first of these internal numbers that somebody living has, with his name; null where nobody has any. */
export async function findInternal(
  tx: Db,
  numbers: readonly string[],
): Promise<{ number: string; name: string } | null> {
  if (numbers.length === 0) return null;
  const by = await tx
    .selectFrom("staff")
    .select(["internal", "kind", "full_name"])
    .where("deleted_at", "is", null)
    .where("internal", "in", [...numbers])
    .orderBy("internal")
    .executeTakeFirst();
  return by === undefined ? null : { number: by.internal ?? "", name: nameOf(by) };
}

const nameOf = (one: { kind: StaffKind; full_name: string }) => `${KIND_WORDS[one.kind]} ${one.full_name}`;
