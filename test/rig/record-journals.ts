import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createAsteriskTelephony } from "../../server/asterisk/asterisk-telephony.ts";
import { systemClock } from "../../server/clock.ts";
import { openLog } from "../../server/log.ts";
import { until } from "../until.ts";
import { startAsteriskRig } from "./asterisk-rig.ts";
import { type BaresipPhone, startPhone } from "./baresip-phone.ts";
import { freePort } from "./free-port.ts";
import { telephoneWith } from "./sip-digest.ts";
import { startCallee, startCaller } from "./sipp-caller.ts";

// Records test/fixtures/journals/*.jsonl from real calls. Run it by hand when the journal's form changes:
// node test/rig/record-journals.ts [name …]   Without names all are recorded anew.

const only = process.argv.slice(2);
const folder = join(import.meta.dirname, "../fixtures/journals");
const trunkPort = await freePort();
const rig = await startAsteriskRig({
  node: "node1",
  config: {
    telephones: [
      telephoneWith("desk1", "one", "1001", "Desk 1"),
      telephoneWith("desk2", "two", "1002", "Desk 2"),
      telephoneWith("desk3", "three", "1003", "Desk 3"),
    ],
    agentNumbers: [{ internal: "201", awayNumber: null }],
    remoteLines: [],
    calling: {
      language: "en",
      emergencyNumbers: [],
      idleTelephonesMayCall: "anything",
      transferCodes: "off",
      askedRingSeconds: 20,
    },
    queues: [
      { queueId: 1, name: "Sales", strategy: "linear", ringSeconds: 5, maxWaitSeconds: 60 },
      { queueId: 2, name: "Service", strategy: "ringall", ringSeconds: 15, maxWaitSeconds: 5 },
    ],
    trunks: [
      {
        trunkId: 1,
        name: "carrier",
        host: "127.0.0.1",
        port: trunkPort,
        match: [`127.0.0.1:${trunkPort}`],
        username: null,
        password: null,
      },
    ],
    inboundRoutes: [
      { number: "030100", actions: [{ to: "queue", queueId: 1 }] },
      {
        number: "030200",
        actions: [
          { to: "queue", queueId: 2 },
          { to: "queue", queueId: 1 },
        ],
      },
    ],
    outboundRoutes: [{ pattern: "0X.", trunkId: 1, stripDigits: 1, callerId: "030100", prefix: "City" }],
  },
});
const telephony = createAsteriskTelephony({
  instance: rig.instance,
  clock: systemClock,
  log: openLog({ level: "warn" }),
});
telephony.onVoice("star-codes", async (dialogue) => {
  await dialogue.answer();
  await dialogue.say(["logged-out"]);
  await dialogue.hangUp();
});
await telephony.start(() => {});
const server = { host: "127.0.0.1", port: rig.sipPort };
const trunk = { server, port: trunkPort, from: { number: "0171555", name: "Carla Customer" } };
const phones: BaresipPhone[] = [];

const channelsGone = () =>
  until("all channels are gone", async () => (await rig.console("core show channels")).includes("0 active channels"), {
    timeoutMs: 20_000,
  });
const state = (phone: BaresipPhone, wanted: BaresipPhone["state"]) =>
  until(`${phone.username} is ${wanted}`, () => phone.state === wanted, { timeoutMs: 20_000 });
const join1 = (phone: BaresipPhone, queue: string, name: string) =>
  rig.console(`queue add member PJSIP/${phone.username} to ${queue} penalty 0 as "${name}"`);
const leave = (phone: BaresipPhone, queue: string) =>
  rig.console(`queue remove member PJSIP/${phone.username} from ${queue}`);
/** Something real has to last a moment in a recording. */
const aWhile = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function record(name: string, play: () => Promise<void>): Promise<void> {
  if (only.length > 0 && !only.includes(name)) return;
  const before = rig.journal().length;
  await play();
  await channelsGone();
  // The last event of a call is the end of its linked id; the file is written a moment after.
  await until("the journal is complete", () => rig.journal().slice(before).includes('"LINKEDID_END"'));
  await aWhile(200);
  const text = rig.journal().slice(before);
  writeFileSync(join(folder, `${name}.jsonl`), text);
  process.stdout.write(`${name}: ${text.split("\n").length - 1} lines\n`);
}

try {
  for (const [username, password] of [
    ["desk1", "one"],
    ["desk2", "two"],
    ["desk3", "three"],
  ] as const) {
    phones.push(await startPhone({ username, password, server }));
  }
  const [desk1, desk2, desk3] = phones as [BaresipPhone, BaresipPhone, BaresipPhone];
  await until("all are registered", () => phones.every((phone) => phone.registered));

  await join1(desk1, "q1", "Anna Rossi");
  await record("queue-answered-caller-hangs-up", async () => {
    const caller = await startCaller({ ...trunk, to: "030100", talkMs: 2_000 });
    await state(desk1, "ringing");
    await aWhile(500);
    await desk1.accept();
    await caller.done;
  });
  await record("queue-answered-agent-hangs-up", async () => {
    const caller = await startCaller({ ...trunk, to: "030100" });
    await state(desk1, "ringing");
    await desk1.accept();
    await state(desk1, "talking");
    await aWhile(1_000);
    await desk1.hangUp();
    await caller.done;
  });
  await record("queue-caller-hangs-up-while-ringing", async () => {
    const caller = await startCaller({ ...trunk, to: "030100" });
    await state(desk1, "ringing");
    await aWhile(1_000);
    caller.hangUp();
    await caller.done;
  });
  await record("queue-hold", async () => {
    const caller = await startCaller({ ...trunk, to: "030100" });
    await state(desk1, "ringing");
    await desk1.accept();
    await state(desk1, "talking");
    await aWhile(500);
    await desk1.hold();
    await aWhile(1_500);
    await desk1.resume();
    await aWhile(500);
    caller.hangUp();
    await caller.done;
  });
  await record("queue-blind-transfer", async () => {
    const caller = await startCaller({ ...trunk, to: "030100" });
    await state(desk1, "ringing");
    await desk1.accept();
    await state(desk1, "talking");
    await aWhile(1_000);
    await desk1.transfer("1003");
    await state(desk3, "ringing");
    await desk3.accept();
    await state(desk3, "talking");
    await aWhile(1_000);
    caller.hangUp();
    await caller.done;
  });
  await join1(desk2, "q1", "Bruno Conti");
  await record("queue-no-answer-then-answered-elsewhere", async () => {
    const caller = await startCaller({ ...trunk, to: "030100" });
    await state(desk1, "ringing");
    await state(desk2, "ringing");
    await desk2.accept();
    await state(desk2, "talking");
    await aWhile(1_000);
    await desk2.hangUp();
    await caller.done;
  });
  await leave(desk1, "q1");
  await leave(desk2, "q1");
  await record("queue-abandoned", async () => {
    const caller = await startCaller({ ...trunk, to: "030100" });
    await until("the caller waits", () => caller.has("answered"));
    await aWhile(1_500);
    caller.hangUp();
    await caller.done;
  });
  await join1(desk1, "q1", "Anna Rossi");
  await record("queue-timeout-then-next-queue", async () => {
    const caller = await startCaller({ ...trunk, to: "030200" });
    await state(desk1, "ringing");
    await desk1.accept();
    await state(desk1, "talking");
    await aWhile(500);
    caller.hangUp();
    await caller.done;
  });
  await record("internal-answered", async () => {
    await desk1.dial("1002");
    await state(desk2, "ringing");
    await desk2.accept();
    await state(desk1, "talking");
    await aWhile(1_000);
    await desk1.hangUp();
  });
  await record("internal-busy", async () => {
    await desk1.dial("1002");
    await state(desk2, "ringing");
    await desk2.hangUp();
    await state(desk1, "idle");
  });
  await record("unknown-number", async () => {
    await desk1.dial("9999");
    await state(desk1, "idle");
  });
  await record("star-code", async () => {
    await desk1.dial("*12");
    await state(desk1, "talking");
    await state(desk1, "idle");
  });
  await telephony.seat({
    endpoint: "desk2",
    agentId: 1,
    agentName: "Bruno Conti",
    internal: "201",
    callerId: null,
    language: null,
  });
  await record("internal-to-agent-answered", async () => {
    await desk1.dial("201");
    await state(desk2, "ringing");
    await desk2.accept();
    await state(desk1, "talking");
    await aWhile(1_000);
    await desk2.hangUp();
  });
  await record("click-to-dial-unknown-number", async () => {
    await telephony.dialFrom("desk1", "9999");
    await state(desk1, "ringing");
    await desk1.accept();
    await state(desk1, "talking");
    await state(desk1, "idle");
  });
  const outbound = async (name: string, callee: Parameters<typeof startCallee>[0], play: () => Promise<void>) => {
    const other = await startCallee({ ...callee, port: trunkPort });
    await record(name, play);
    await other.stop();
  };
  await outbound("outbound-answered", { answerAfterMs: 800 }, async () => {
    await desk1.dial("0171777");
    await until("it is answered", () => desk1.state === "talking", { timeoutMs: 20_000 });
    await aWhile(1_000);
    await desk1.hangUp();
  });
  await outbound("outbound-busy", { refuseWith: 486 }, async () => {
    await desk1.dial("0171777");
    await state(desk1, "idle");
  });
  await outbound("outbound-no-answer", { answerAfterMs: null }, async () => {
    await desk1.dial("0171777");
    await aWhile(1_500);
    await desk1.hangUp();
  });
  await outbound("click-to-dial-answered", { answerAfterMs: 500 }, async () => {
    await telephony.dialFrom("desk1", "0171777");
    await state(desk1, "ringing");
    await desk1.accept();
    await until(
      "it is answered there",
      () => rig.journal().includes('"dialstatus":"ANSWER"') || desk1.state === "talking",
    );
    await aWhile(2_000);
    await desk1.hangUp();
  });
  await outbound("click-to-dial-not-picked-up", {}, async () => {
    await telephony.dialFrom("desk1", "0171777");
    await state(desk1, "ringing");
    await aWhile(500);
    await desk1.hangUp();
  });
  if (only.length === 0 || only.includes("crash-during-call")) {
    // Without an end of its own: its caller and its telephone talk when Asterisk is killed; another call comes after.
    const before = rig.journal().length;
    await startCaller({ ...trunk, to: "030100" });
    await state(desk1, "ringing");
    await desk1.accept();
    await state(desk1, "talking");
    await aWhile(1_500);
    await rig.restart();
    await until("the telephone is there again", async () =>
      (await rig.console("pjsip show contacts")).includes("desk2"),
    );
    await desk2.dial("1003");
    await state(desk3, "ringing");
    await desk2.hangUp();
    await channelsGone();
    await aWhile(500);
    writeFileSync(join(folder, "crash-during-call.jsonl"), rig.journal().slice(before));
  }
} finally {
  await telephony.stop();
  for (const phone of phones) await phone.stop();
  for (const line of rig.complaints()) process.stdout.write(`${line}\n`);
  await rig.stop();
}
