import type { Static } from "typebox";
import type { User, UserBody } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database, Db } from "../db/pool.ts";
import type { News } from "../hub.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import { insertAccount, updateAccount } from "./account-store.ts";
import type { ChangeService } from "./change-service.ts";
import { changedFields } from "./changed-fields.ts";
import type { PasswordService } from "./password-service.ts";
import { endSignIns, insertStaff, lockAdmins, lockStaff, markStaffDeleted, updateStaff } from "./staff-store.ts";
import { findUser, listUsers } from "./user-store.ts";

type Body = Static<typeof UserBody>;
export type UserService = Administered<Body, User>;

const KINDS = ["admin" as const, "supervisor" as const];
const unknown = (id: number) => new Refusal("not-found", `There is no administrator or supervisor ${id}.`);

/** Administrators and supervisors. There is always an enabled administrator. */
export function createUserService(deps: {
  db: Database;
  clock: Clock;
  changes: ChangeService;
  passwords: PasswordService;
}): UserService {
  const { db, clock, changes, passwords } = deps;
  const read = async (tx: Db, id: number) => (await findUser(tx, id)) ?? unknown(id);

  return {
    list: (query) => listUsers(db, query),
    get: (id) => read(db, id),
    async create(actor, body) {
      const passwordHash = await passwords.hash(body.password);
      return changes.run<User>(actor, async (tx) => {
        const { fullName, username, enabled } = body;
        const id = await insertStaff(tx, { kind: body.role, fullName, username, enabled });
        if (id instanceof Refusal) return id;
        await insertAccount(tx, id, { passwordHash, email: body.email ?? null });
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        return { result, action: "user.create", subject: `user ${id}`, facts: changedFields(body) };
      });
    },
    async change(actor, id, patch) {
      const passwordHash = patch.password === undefined ? undefined : await passwords.hash(patch.password);
      return changes.run<User>(actor, async (tx) => {
        const admins = await lockAdmins(tx);
        const before = await lockStaff(tx, id, KINDS);
        if (before === null) return unknown(id);
        const loses = patch.enabled === false || (patch.role !== undefined && patch.role !== "admin");
        if (loses && isLast(admins, id)) return lastAdmin();
        const { fullName, username, enabled } = patch;
        const refused = await updateStaff(tx, id, { kind: patch.role, fullName, username, enabled }, clock.now());
        if (refused !== null) return refused;
        await updateAccount(tx, id, { passwordHash, email: patch.email });
        const disabled = patch.enabled === false && before.enabled;
        if (disabled || (passwordHash !== undefined && actor.staffId !== id)) await endSignIns(tx, id);
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        const news: News[] = [{ type: disabled ? "staff.removed" : "staff.changed", staffId: id }];
        return { result, action: "user.change", subject: `user ${id}`, facts: changedFields(patch), news };
      });
    },
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        const admins = await lockAdmins(tx);
        const before = await lockStaff(tx, id, KINDS);
        if (before === null) return unknown(id);
        if (isLast(admins, id)) return lastAdmin();
        await markStaffDeleted(tx, id, clock.now());
        return {
          result: undefined,
          action: "user.remove",
          subject: `user ${id}`,
          facts: { fullName: before.fullName, username: before.username },
          news: [{ type: "staff.removed", staffId: id }],
        };
      }),
  };
}

const isLast = (admins: number[], id: number) => admins.length === 1 && admins[0] === id;

function lastAdmin(): Refusal {
  return new Refusal(
    "staff.last-admin",
    "This is the last administrator: without one nobody could put it right again.",
  );
}
