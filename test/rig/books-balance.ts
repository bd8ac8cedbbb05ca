import { dayOf } from "../../contract/house-days.ts";
import type { Settings } from "../../contract/settings.ts";
import type { BalanceOfDay } from "../../contract/views.ts";
import type { Api } from "../../demo/api.ts";
import { until } from "../until.ts";

/**
 * What Perch says when the books of today are compared: nothing is off. The last calls of a test may not be folded yet,
 * so it is compared until it balances; if it never does, the words say what is off.
 */
export async function booksBalance(admin: Api): Promise<void> {
  const { timeZone } = await admin.get<Settings>("/settings");
  const address = `/balance/${dayOf(new Date().toISOString(), timeZone)}`;
  let off: string[] = ["it was never compared"];
  const balances = async () => {
    await admin.post(address);
    const { last } = await until("the books are compared", async () => {
      const told = await admin.get<BalanceOfDay>(address);
      return told.running === null && told.last !== null && !told.failed ? told : null;
    });
    off = (last?.checks ?? []).flatMap(({ title, first }) =>
      first.map(({ words, linkedId }) => `${title}: ${words} ${linkedId ?? ""}`),
    );
    return off.length === 0;
  };
  await until("the books balance", balances, { timeoutMs: 20_000 }).catch((error: unknown) => {
    throw new Error(`The books do not balance:\n${off.join("\n")}`, { cause: error });
  });
}
