import { argon2, randomBytes, timingSafeEqual } from "node:crypto";

export interface PasswordService {
  /** The hash to keep, in the PHC string format. Throws TooManyPasswords when too many wait. */
  hash(secret: string): Promise<string>;
  /** Whether the secret is the hashed one. Without a hash it takes as long and answers no. */
  verify(secret: string, hash: string | null): Promise<boolean>;
}

/** More passwords wait to be hashed than could be answered in time. */
export class TooManyPasswords extends Error {}

/** OWASP, Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const FORMAT = /^\$argon2id\$v=19\$m=([0-9]+),t=([0-9]+),p=([0-9]+)\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/;
/** Each hash takes a thread of the pool, which files and names need as well. */
const AT_ONCE = 2;
const WAITING = 200;

export function createPasswordService(): PasswordService {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function derive(message: string, nonce: Buffer, cost: typeof COST): Promise<Buffer> {
    if (running >= AT_ONCE) {
      if (waiting.length >= WAITING) throw new TooManyPasswords("too many passwords wait to be checked");
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await new Promise((resolve, reject) => {
        argon2("argon2id", { message, nonce, tagLength: 32, ...cost }, (error, key) =>
          error === null ? resolve(key) : reject(error),
        );
      });
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return {
    async hash(secret) {
      const salt = randomBytes(16);
      const key = await derive(secret, salt, COST);
      const { memory, passes, parallelism } = COST;
      return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${salt.toString("base64url")}$${key.toString("base64url")}`;
    },
    async verify(secret, hash) {
      const parts = hash === null ? null : FORMAT.exec(hash);
      if (parts === null) {
        await derive(secret, randomBytes(16), COST);
        return false;
      }
      const [, memory, passes, parallelism, salt = "", wanted = ""] = parts;
      const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
      const key = await derive(secret, Buffer.from(salt, "base64url"), cost);
      const kept = Buffer.from(wanted, "base64url");
      return kept.length === key.length && timingSafeEqual(kept, key);
    },
  };
}
