import type { SmsGateway } from "../../contract/views.ts";
import { canonicalNumber } from "../contacts/phone-number.ts";
import type { Database } from "../db/pool.ts";
import { createVariables } from "../ivr/variables.ts";
import { inUrl, REQUEST_BODIES } from "../ivr/web-text.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import type { Actor } from "../staff/permission.ts";
import { headerValue } from "./header-text.ts";
import type { SecretRequests } from "./secret-requests.ts";
import { deleteSmsGateway, readSmsGateway, writeSmsGateway } from "./sms-gateway-store.ts";

/** What became of a short message; `why` in words. */
export type SmsOutcome = { how: "sent" } | { how: "failed" | "not-set-up"; why: string };

/** Short messages, by a gateway that is asked over HTTP. */
export interface SmsService {
  gateway(): Promise<SmsGateway | Refusal>;
  change(actor: Actor, gateway: SmsGateway): Promise<SmsGateway | Refusal>;
  forget(actor: Actor): Promise<Refusal | undefined>;
  /** Sends a few words, to see whether it works; the refusal says why not. */
  test(actor: Actor, to: string): Promise<Refusal | undefined>;
  /** Never rejects for what the gateway does. */
  send(message: { to: string; text: string }, gone: AbortSignal): Promise<SmsOutcome>;
}

const LONGEST_MS = 10_000;
const notSetUp = () => new Refusal("not-found", "Nobody has set up how short messages are sent.");

/** Builds it. Numbers without a country are the house's country's. */
export function createSmsService(deps: {
  db: Database;
  changes: ChangeService;
  requests: SecretRequests;
  country(): string;
}): SmsService {
  const { db, changes, requests } = deps;

  const send: SmsService["send"] = async ({ to, text }, gone) => {
    const gateway = await readSmsGateway(db);
    if (gateway === null) return { how: "not-set-up", why: notSetUp().title };
    const number = canonicalNumber(to, deps.country());
    if (!/^\+[0-9]{6,15}$/.test(number)) return { how: "failed", why: "This is no telephone number." };
    const values = createVariables({ number, digits: number.slice(1), text });
    const { method, as } = gateway;
    const content = values.fill(gateway.body, REQUEST_BODIES[as].written(gateway.body));
    const outcome = await requests.send(
      {
        method,
        url: values.fill(gateway.url, inUrl),
        headers: gateway.headers.map(({ name, value }) => [name, headerValue(value, values.fill)] as const),
        body: method === "GET" || content === "" ? null : { type: REQUEST_BODIES[as].type, content },
        timeoutMs: LONGEST_MS,
        reads: false,
      },
      gone,
    );
    if ("failed" in outcome) return { how: "failed", why: outcome.failed };
    if (outcome.status >= 200 && outcome.status < 300) return { how: "sent" };
    return { how: "failed", why: `The gateway answers ${outcome.status}.` };
  };

  return {
    gateway: async () => (await readSmsGateway(db)) ?? notSetUp(),
    change: (actor, gateway) =>
      changes.run<SmsGateway>(actor, async (tx) => {
        await writeSmsGateway(tx, gateway);
        return { result: gateway, action: "sms.change", subject: "sms", facts: { ...gateway } };
      }),
    forget: (actor) =>
      changes.run<undefined>(actor, async (tx) => {
        if ((await readSmsGateway(tx)) === null) return notSetUp();
        await deleteSmsGateway(tx);
        return { result: undefined, action: "sms.forget", subject: "sms" };
      }),
    async test(_actor, to) {
      const outcome = await send({ to, text: "Short messages from Perch work." }, new AbortController().signal);
      return outcome.how === "sent" ? undefined : new Refusal("sms.failed", outcome.why);
    },
    send,
  };
}
