import type { SmsGateway } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";

/** Null: nobody has set it up. */
export async function readSmsGateway(db: Db): Promise<SmsGateway | null> {
  const row = await db.selectFrom("sms_gateway").select("request").executeTakeFirst();
  return row?.request ?? null;
}

export async function writeSmsGateway(tx: Db, gateway: SmsGateway): Promise<void> {
  const request = JSON.stringify(gateway);
  await tx
    .insertInto("sms_gateway")
    .values({ one: true, request })
    .onConflict((conflict) => conflict.column("one").doUpdateSet({ request }))
    .execute();
}

export async function deleteSmsGateway(tx: Db): Promise<void> {
  await tx.deleteFrom("sms_gateway").execute();
}
