import Type from "typebox";
import { BalanceDay, BalanceOfDay, HouseDay, Page } from "../../contract/views.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";

const tags = ["reports"];
const params = Type.Object({ day: HouseDay });
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
        summary: "What was found when the books of a day were last compared, and how far that is now",
        params,
        response: { 200: BalanceOfDay },
      },
    },
    async ({ params: { day } }, reply) => send(reply, await balance.ofDay(day)),
  );
  app.post(
    "/balance/:day",
    {
      config,
      schema: {
        tags,
        summary: "Compare the books of a day now: journal, calls, rows, queues, leases, dispositions, sums",
        params,
        response: { 202: BalanceOfDay },
      },
    },
    async ({ params: { day } }, reply) => send(reply, await balance.compare(day), 202),
  );
}
