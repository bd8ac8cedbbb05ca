import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Keeps secrets that have to be spoken again, such as a trunk's password: sealed with the instance's own key. */
export interface SecretBox {
  seal(secret: string): string;
  /** Throws when it was sealed with another key or changed since. */
  open(sealed: string): string;
}

/** The key is `secrets/key` in the home, made at the first start. Whoever copies the database alone has no secrets. */
export function openSecretBox(home: string): SecretBox {
  const key = readKey(join(home, "secrets"));
  return {
    seal(secret) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url")}`;
    },
    open(sealed) {
      if (!sealed.startsWith("v1.")) throw new Error("the sealed secret is of an unknown form");
      const bytes = Buffer.from(sealed.slice(3), "base64url");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
    },
  };
}

function readKey(folder: string): Buffer {
  const file = join(folder, "key");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (;;) {
    try {
      const key = Buffer.from(readFileSync(file, "utf8").trim(), "base64url");
      if (key.length !== 32) throw new Error(`${file} does not hold a key of 32 bytes`);
      return key;
    } catch (error) {
      if (!isCode(error, "ENOENT")) throw error;
      makeKey(file);
    }
  }
}

/** Whole or not at all, and never over one that is there: without its key everything sealed is lost. */
function makeKey(file: string): void {
  const beside = `${file}.${process.pid}`;
  const descriptor = openSync(beside, "w", 0o600);
  writeSync(descriptor, `${randomBytes(32).toString("base64url")}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  try {
    linkSync(beside, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(beside);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
