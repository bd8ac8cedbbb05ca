import { createHash, randomBytes, randomInt } from "node:crypto";
import type { Me } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import { Refusal } from "../refusal.ts";
import { insertAccount } from "./account-store.ts";
import type { ChangeService } from "./change-service.ts";
import { type PasswordService, TooManyPasswords } from "./password-service.ts";
import type { SignedIn } from "./permission.ts";
import { createSignInMemory } from "./sign-in-memory.ts";
import {
  deleteSignIn,
  endOldSignIns,
  extendSignIn,
  findByUsername,
  findMe,
  findSignedIn,
  findSignInStart,
  houseIsEmpty,
  insertSignIn,
} from "./sign-in-store.ts";
import { createSignInThrottle } from "./sign-in-throttle.ts";
import { insertStaff } from "./staff-store.ts";

export interface SignInService {
  /** Takes as long for an unknown name as for a wrong password, and says the same. */
  signIn(attempt: {
    username: string;
    password: string;
    address: string;
  }): Promise<{ token: string; me: Me } | Refusal>;
  /** Whose token that is; null: nobody's (any more). Each use puts its end off again. */
  authenticate(token: string): Promise<SignedIn | null>;
  signOut(token: string): Promise<void>;
  /** Since when he is signed in with it; null: not (any more). */
  signedInAt(token: string): Promise<Date | null>;
  me(staffId: number): Promise<Me | Refusal>;
  /** In an empty house makes `admin`; answers the password if it was made up here. */
  ensureFirstAdmin(password: string | null): Promise<string | undefined>;
}

/** A sign-in that is not used for so long has ended. */
const SIGN_IN_MS = 12 * 3600_000;
/** Its end is put off at most so often: a write for every request would be dear. */
const EXTEND_EVERY_MS = 60_000;
/** Browsers and programs one person can be signed in with; the one used least recently gives way. */
const SIGN_INS_EACH = 50;
/** No letters or digits that are taken for each other. */
const PASSWORD_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

const hashOf = (token: string) => createHash("sha256").update(token).digest();

export function createSignInService(deps: {
  db: Database;
  clock: Clock;
  passwords: PasswordService;
  changes: ChangeService;
  hub: Hub;
  /** Whether somebody who has said his password right may come in now; a refusal says why not. */
  admit?: (me: Me) => Refusal | null;
}): SignInService {
  const { db, clock, passwords, changes, hub, admit = () => null } = deps;
  const throttle = createSignInThrottle();
  const memory = createSignInMemory();
  // For as long as the process: what an administrator changes may concern anybody's sign-in.
  hub.subscribe((news) => {
    if (news.type === "administration.changed") memory.forget("all");
  });
  const refused = () => new Refusal("sign-in.refused", "The username or the password is wrong.");
  const tooMany = (waitMs: number) => {
    const retryAfterS = Math.ceil(waitMs / 1000);
    return new Refusal("sign-in.too-many", `Too many wrong attempts. Try again in ${retryAfterS} s.`, { retryAfterS });
  };

  return {
    async signIn({ username, password, address }) {
      const key = `${username.toLowerCase()} ${address}`;
      const waitMs = throttle.waitMs(key, clock.now());
      if (waitMs > 0) return tooMany(waitMs);
      // No name has a zero byte, and PostgreSQL takes none in a text.
      const found = username.includes("\0") ? null : await findByUsername(db, username);
      // Counted before the hash is reckoned: attempts sent all at once are attempts as well.
      throttle.failed(key, clock.now());
      try {
        if (!(await passwords.verify(password, found?.passwordHash ?? null)) || found === null) return refused();
      } catch (error) {
        if (error instanceof TooManyPasswords) return tooMany(1000);
        throw error;
      }
      throttle.succeeded(key);
      const elsewhere = admit(found.me);
      if (elsewhere !== null) return elsewhere;
      const token = randomBytes(32).toString("base64url");
      const at = clock.now();
      await inTransaction(db, async (tx) => {
        const expiresAt = new Date(at.getTime() + SIGN_IN_MS);
        await insertSignIn(tx, { tokenHash: hashOf(token), staffId: found.me.id, at, expiresAt });
        await endOldSignIns(tx, found.me.id, SIGN_INS_EACH, at);
      });
      memory.forget(found.me.id);
      return { token, me: found.me };
    },
    async authenticate(token) {
      const now = clock.now();
      const hash = hashOf(token);
      const key = hash.toString("base64");
      const remembered = memory.recall(key, now);
      if (remembered !== null) return remembered;
      const place = memory.place();
      const found = await findSignedIn(db, hash, now);
      if (found === null || found.kind === "telephone") return null;
      const { staffId, expiresAt } = found;
      if (now.getTime() - found.lastSeenAt.getTime() > EXTEND_EVERY_MS) {
        await extendSignIn(db, hash, now, new Date(now.getTime() + SIGN_IN_MS));
      }
      const signedIn: SignedIn = { staffId, role: found.kind, hotdesk: found.hotdesk ?? false };
      memory.keep(key, signedIn, { now, expiresAt }, place);
      return signedIn;
    },
    signedInAt: (token) => findSignInStart(db, hashOf(token)),
    async signOut(token) {
      const staffId = await deleteSignIn(db, hashOf(token));
      if (staffId === null) return;
      memory.forget(staffId);
      hub.publish({ type: "sign-in.ended", staffId });
    },
    async me(staffId) {
      return (await findMe(db, staffId)) ?? new Refusal("sign-in.required", "Sign in first.");
    },
    async ensureFirstAdmin(given) {
      const password =
        given ?? Array.from({ length: 16 }, () => PASSWORD_LETTERS[randomInt(PASSWORD_LETTERS.length)]).join("");
      const passwordHash = await passwords.hash(password);
      const made = await changes.run<boolean>(null, async (tx) => {
        if (!(await houseIsEmpty(tx))) return new Refusal("staff.in-use", "The house has people already.");
        const id = await insertStaff(tx, { kind: "admin", fullName: "Administrator", username: "admin" });
        if (id instanceof Refusal) return id;
        await insertAccount(tx, id, { passwordHash, email: null });
        return {
          result: true,
          action: "user.create",
          subject: `user ${id}`,
          facts: { username: "admin", first: true },
        };
      });
      return made instanceof Refusal || given !== null ? undefined : password;
    },
  };
}
