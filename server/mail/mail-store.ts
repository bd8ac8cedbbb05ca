import type { Db } from "../db/pool.ts";

/** The house's way to send mail, its password sealed. */
export interface MailRow {
  host: string;
  port: number;
  security: "none" | "starttls" | "tls";
  sender: string;
  username: string | null;
  passwordSealed: string | null;
}

/** Null: nobody has set it up. */
export async function readMailSettings(db: Db): Promise<MailRow | null> {
  const row = await db
    .selectFrom("mail_settings")
    .select(["host", "port", "security", "sender", "username", "password_sealed as passwordSealed"])
    .executeTakeFirst();
  return row ?? null;
}

export async function writeMailSettings(tx: Db, { passwordSealed, ...rest }: MailRow): Promise<void> {
  const values = { ...rest, password_sealed: passwordSealed };
  await tx
    .insertInto("mail_settings")
    .values({ one: true, ...values })
    .onConflict((conflict) => conflict.column("one").doUpdateSet(values))
    .execute();
}

export async function deleteMailSettings(tx: Db): Promise<void> {
  await tx.deleteFrom("mail_settings").execute();
}
