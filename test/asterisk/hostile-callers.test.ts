import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type { Flow, FlowBlock, Project, ProjectRun, ReportCallRow } from "../../contract/views.ts";
import {
  CUSTOMER,
  over,
  type ScenarioHouse,
  SUPPORT_NUMBER,
  startScenarioHouse,
  talking,
} from "../rig/scenario-house.ts";
import { until } from "../until.ts";

let scene: ScenarioHouse;
const PROJECT_NUMBER = "+390550003001";
let project: number;

const at = { x: 0, y: 0 };
const block = (id: string, type: string, options: FlowBlock["options"], exits: FlowBlock["exits"]): FlowBlock => ({
  ...{ id, type, options, exits, at },
});
const flow: Flow = {
  blocks: [
    block("start", "start", {}, { next: "answer" }),
    block("answer", "answer", { pause: 0 }, { next: "bye" }),
    block("bye", "hang-up", { say: [] }, {}),
  ],
  notes: [],
};

beforeAll(async () => {
  scene = await startScenarioHouse();
  const { admin } = scene.house;
  project = (await admin.post<Project>("/projects", { name: "Hello" })).id;
  await admin.put(`/projects/${project}/draft`, { revision: 1, flow });
  await admin.post(`/projects/${project}/publish`, {});
  await admin.post("/inbound-routes", { number: PROJECT_NUMBER, actions: [{ project }] });
}, 120_000);
afterAll(() => scene.stop());

const runs = async () => (await scene.house.admin.get<{ rows: ProjectRun[] }>(`/projects/${project}/runs`)).rows;

/** An event of the manager's, and a head of a call that is handed to us, inside a number. */
const EVENT = "1%0d%0a%0d%0aEvent%3a%20ContactStatus%0d%0aURI%3a%20x";
const HEAD = "1%0aagi_network_script%3a%20star-codes%0aagi_channel%3a%20PJSIP%2fdesk-1-00000001";

describe("a caller whose number holds a line break", () => {
  it.each([
    ["in From", EVENT, []],
    ["in From, for a project", HEAD, []],
    ["in an identity that the carrier vouches for", CUSTOMER, [["P-Asserted-Identity", `<sip:${EVENT}@x>`]]],
    [
      "in the second of two",
      CUSTOMER,
      [
        ["P-Asserted-Identity", `<sip:${CUSTOMER}@x>`],
        ["P-Asserted-Identity", `<sip:${EVENT}@x>`],
      ],
    ],
    ["in one of a telephone's", CUSTOMER, [["P-Asserted-Identity", `<tel:${EVENT}>`]]],
    ["in an older header", CUSTOMER, [["Remote-Party-ID", `<sip:${EVENT}@x>;party=calling`]]],
    ["in who sent him on", CUSTOMER, [["Diversion", `<sip:${HEAD}@x>`]]],
  ] as [string, string, [string, string][]][])("gets in nowhere: %s", async (_, from, more) => {
    const call = scene.outside.dial(PROJECT_NUMBER, from, more);
    await over(call);
    expect(call.status).toBe(401);
  });

  it("gets nowhere by the number he calls either", async () => {
    for (const call of [scene.desk(2).dial("00555%0d%0aEvent%3a"), scene.customer(`${SUPPORT_NUMBER}%0a`)]) {
      await over(call);
      expect(call.status).toBe(401);
    }
  });

  it("becomes nobody else in the middle of his call", async () => {
    const call = scene.customer(SUPPORT_NUMBER);
    await talking(call);
    for (const other of [EVENT, "+390555550199"]) {
      await scene.outside.request(call, "UPDATE", [["P-Asserted-Identity", `<sip:${other}@carrier>`]], "");
    }
    expect(await scene.house.console("core show channels concise")).toContain(`!${CUSTOMER}!`);
    await call.hangUp();
  });

  it("has left nothing of himself behind", async () => {
    expect(await runs()).toEqual([]);
    expect(scene.journal().join("\n")).not.toMatch(/ContactStatus|agi_/);
  });
});

describe("a caller whose number looks like a program", () => {
  const written = "x%22%24%7bSHELL%28touch%20owned%29%7d%24%5b1%2b1%5d%2c%27%29%5c";
  const number = decodeURIComponent(written);

  it("is led like anybody, and his number is only a text", async () => {
    await over(scene.customer(PROJECT_NUMBER, written));
    const run = await until("the run is written down", async () =>
      (await runs()).find(({ endedAt }) => endedAt !== null),
    );
    expect(run).toMatchObject({ caller: number, ending: "hung-up" });
    const row = await until("his row", async () => {
      const { rows } = await scene.house.admin.get<Page<ReportCallRow>>("/reports/report-call");
      return rows.find(({ source }) => source === number);
    });
    expect(row).toMatchObject({ destination: PROJECT_NUMBER });
  });
});

it("an agent whose number is one for help is not rung there", async () => {
  const { house } = scene;
  const queue = await house.queue("Far", "+390550003002", { ringSeconds: 5 });
  const who = { typology: "remote", hotdesk: false, remoteNumber: "0112" };
  await house.agent("erna", "Erna Loi", [queue], who);
  await (await house.signIn("erna")).post("/session", {});
  const caller = scene.customer("+390550003002");
  await until("her line was rung", () => scene.journal().some((line) => line.includes("@perch-remote")));
  await until(
    "her line is free again",
    async () => !(await house.console("core show channels")).includes("@perch-remote"),
  );
  expect(scene.outside.calls.filter(({ incoming }) => incoming)).toEqual([]);
  await caller.hangUp();
});

it("a telephone tells us no event of its own by the number it sends a caller on to", async () => {
  const { house } = scene;
  const { port, secret }: { port: number; secret: string } = JSON.parse(
    readFileSync(join(house.home, "secrets", "manager.json"), "utf8"),
  );
  const listener = connect(port, "127.0.0.1");
  let heard = "";
  listener.on("data", (data) => {
    heard += data.toString();
  });
  listener.write(`Action: Login\r\nUsername: perch\r\nSecret: ${secret}\r\n\r\n`);
  await until("it listens", () => heard.includes("FullyBooted"));
  const talk = async () => {
    const call = scene.desk(4).dial("105");
    const other = await until("it rings", () => scene.desk(5).calls.find(({ state }) => state === "ringing"));
    other.answer();
    await talking(call);
    return call;
  };
  const call = await talk();
  await call.transfer(scene.desk(4).addressOf("00555%0d%0a%0d%0aEvent%3a%20Forged%0d%0aURI%3a%20x"));
  await until("nobody talks", async () =>
    (await house.console("core show channels count")).includes("0 active channels"),
  );
  const later = await talk();
  await until("that is heard", () => heard.includes(`Event: DialEnd`) && heard.split("Event: Newchannel").length > 4);
  expect(heard).not.toContain("\r\nEvent: Forged");
  await later.hangUp();
  listener.destroy();
});
