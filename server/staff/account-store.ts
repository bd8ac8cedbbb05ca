import type { Db } from "../db/pool.ts";

/** What a person signs in with; undefined stays as it is. */
export interface AccountPatch {
  passwordHash?: string | undefined;
  email?: string | null | undefined;
}

export async function insertAccount(
  tx: Db,
  staffId: number,
  account: { passwordHash: string; email: string | null },
): Promise<void> {
  await tx
    .insertInto("accounts")
    .values({ staff_id: staffId, password_hash: account.passwordHash, email: account.email })
    .execute();
}

export async function updateAccount(tx: Db, staffId: number, patch: AccountPatch): Promise<void> {
  const set = {
    ...(patch.passwordHash === undefined ? {} : { password_hash: patch.passwordHash }),
    ...(patch.email === undefined ? {} : { email: patch.email }),
  };
  if (Object.keys(set).length > 0) await tx.updateTable("accounts").set(set).where("staff_id", "=", staffId).execute();
}
