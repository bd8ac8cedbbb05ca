import Type from "typebox";
import { Balance, BalanceDay, HouseDay, Page } from "../../contract/views.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";

const tags = ["reports"];
const config = { may: "reports.read" } as const;

/** Whether the books of a day say the same. */
export function balanceRoutes(app: App, { balance }: Services): void {
  app.get(
    "/balance",
    {
      config,
      schema: {
        tags,
        summary: "The days whose books were compared, the newest first",
        response: { 200: Page(BalanceDay) },
      },
    },
    async (_request, reply) => send(reply, { rows: await balance.days(), next: null }),
  );
  app.get(
    "/balance/:day",
    {
      config,
      schema: {
        tags,
        summary: "Compares the books of a day now: the journal, calls, rows, queues, leases, dispositions, sums",
        params: Type.Object({ day: HouseDay }),
        response: { 200: Balance },
      },
    },
    async ({ params }, reply) => send(reply, await balance.check(params.day)),
  );
}
