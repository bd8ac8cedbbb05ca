import { createAsteriskTelephony } from "../../server/asterisk/asterisk-telephony.ts";
import { systemClock } from "../../server/clock.ts";
import { openLog } from "../../server/log.ts";
import type { Telephony, TelephonyEvent } from "../../server/telephony.ts";
import type { TelephonyConfig } from "../../server/telephony-config.ts";
import { until } from "../until.ts";
import { type AsteriskRig, type AsteriskRigOptions, startAsteriskRig } from "./asterisk-rig.ts";
import type { PhoneOptions } from "./baresip-configuration.ts";
import { type BaresipPhone, startPhone } from "./baresip-phone.ts";
import { freePort } from "./free-port.ts";
import { telephoneWith } from "./sip-digest.ts";
import { type CalleeOptions, type CallerOptions, type SippParty, startCallee, startCaller } from "./sipp-caller.ts";

/** Telephones 1001 (`desk1`, password `secret-desk1`) and so on, one trunk, two queues and what leads to them. */
export interface Floor {
  readonly rig: AsteriskRig;
  readonly telephony: Telephony;
  readonly config: TelephonyConfig;
  readonly trunkPort: number;
  /** All that the telephony told, in order. */
  readonly events: TelephonyEvent[];
  /** Waits for an event of that type that fits; answers it. */
  event<Type extends TelephonyEvent["type"]>(
    type: Type,
    fits?: (event: Extract<TelephonyEvent, { type: Type }>) => boolean,
  ): Promise<Extract<TelephonyEvent, { type: Type }>>;
  /** A telephone that has registered. */
  phone(username: string, options?: Partial<PhoneOptions>): Promise<BaresipPhone>;
  /** A telephone as it was set up, registered or not. */
  startPhone(username: string, options?: Partial<PhoneOptions>): Promise<BaresipPhone>;
  caller(to: string, options?: Partial<CallerOptions>): Promise<SippParty>;
  callee(options?: CalleeOptions): Promise<SippParty>;
  /** Ends all telephones and callers, and waits until no channel is left. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export const SALES = 1;
export const SERVICE = 2;
const TRUNK = 1;
/** Leads to Sales, and when it is not answered there to Service. */
export const SALES_NUMBER = "030100";

const houseOf = (trunkPort: number, telephones: number): TelephonyConfig => ({
  telephones: Array.from({ length: telephones }, (_, index) =>
    telephoneWith(`desk${index + 1}`, `secret-desk${index + 1}`, String(1001 + index), `Desk ${index + 1}`),
  ),
  agentNumbers: [],
  remoteLines: [],
  calling: {
    language: "en",
    emergencyNumbers: ["112"],
    idleTelephonesMayCall: "anything",
    transferCodes: "off",
    askedRingSeconds: 20,
  },
  queues: [
    { queueId: SALES, name: "Sales", strategy: "ringall", ringSeconds: 5, maxWaitSeconds: 60 },
    { queueId: SERVICE, name: "Service", strategy: "ringall", ringSeconds: 15, maxWaitSeconds: 60 },
  ],
  trunks: [
    {
      trunkId: TRUNK,
      name: "carrier",
      host: "127.0.0.1",
      port: trunkPort,
      match: [`127.0.0.1:${trunkPort}`],
      username: null,
      password: null,
    },
  ],
  inboundRoutes: [
    {
      number: SALES_NUMBER,
      actions: [
        { to: "queue", queueId: SALES },
        { to: "queue", queueId: SERVICE },
      ],
    },
  ],
  outboundRoutes: [{ pattern: "0X.", trunkId: TRUNK, stripDigits: 1, callerId: "030100", prefix: "City" }],
});

export async function startFloor(options: AsteriskRigOptions & { telephones?: number } = {}): Promise<Floor> {
  const trunkPort = await freePort();
  const config = options.config ?? houseOf(trunkPort, options.telephones ?? 3);
  const rig = await startAsteriskRig({ ...options, config });
  const log = openLog({ level: "silent" });
  const telephony = createAsteriskTelephony({ instance: rig.instance, clock: systemClock, log });
  const events: TelephonyEvent[] = [];
  const phones: BaresipPhone[] = [];
  const parties: SippParty[] = [];
  const server = { host: "127.0.0.1", port: rig.sipPort };

  const start: Floor["startPhone"] = async (username, phoneOptions) => {
    const phone = await startPhone({ username, password: `secret-${username}`, server, ...phoneOptions });
    phones.push(phone);
    return phone;
  };
  const clear = async () => {
    await Promise.all(parties.splice(0).map((party) => party.stop()));
    await Promise.all(phones.splice(0).map((phone) => phone.stop()));
    await rig.console("channel request hangup all");
    await until("no channel is left", async () =>
      (await rig.console("core show channels")).includes("0 active channels"),
    );
  };

  await telephony.start((event) => events.push(event));
  await until("the link to Asterisk is up", () => telephony.status === "up");
  return {
    rig,
    telephony,
    config,
    trunkPort,
    events,
    event: (type, fits = () => true) =>
      until(
        `the event ${type}`,
        () => {
          for (const event of events) {
            if (event.type !== type) continue;
            const typed = event as Extract<TelephonyEvent, { type: typeof type }>;
            if (fits(typed)) return typed;
          }
          return null;
        },
        { timeoutMs: 15_000 },
      ),
    startPhone: start,
    async phone(username, phoneOptions) {
      const phone = await start(username, phoneOptions);
      await until(`${username} is registered`, () => phone.registered);
      await until(`${username} is seen to be registered`, async () => {
        const { contacts } = await telephony.readState();
        return contacts.some((contact) => contact.endpoint === username && contact.registered);
      });
      return phone;
    },
    async caller(to, callerOptions) {
      const from = { number: "0171555", name: "Carla Customer" };
      const caller = await startCaller({ server, to, from, port: trunkPort, ...callerOptions });
      parties.push(caller);
      return caller;
    },
    async callee(calleeOptions) {
      const callee = await startCallee({ port: trunkPort, ...calleeOptions });
      parties.push(callee);
      return callee;
    },
    clear,
    async stop() {
      await clear();
      await telephony.stop();
      await rig.stop();
    },
  };
}
