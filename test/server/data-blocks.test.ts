import { readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  Contact,
  ContactList,
  Flow,
  FlowBlock,
  Project,
  ProjectDraft,
  ProjectRun,
  ProjectRunDetails,
  ReportAnswer,
  Trial,
} from "../../contract/views.ts";
import { buildServer, type TestServer } from "../build.ts";
import { type FakeVoiceOptions, fakeVoiceCall } from "../fakes/fake-voice-call.ts";
import { type Mailbox, startMailbox } from "../rig/mailbox.ts";
import { until } from "../until.ts";

let server: TestServer;
let mailbox: Mailbox;
let web: Server;
let origin: string;
let list: ContactList;
let asked: { url: string; body: string; key: string }[] = [];
let projects = 0;

beforeAll(async () => {
  server = await buildServer();
  mailbox = await startMailbox();
  web = createServer((request, response) => {
    let body = "";
    request.on("data", (piece) => {
      body += String(piece);
    });
    request.on("end", () => {
      asked.push({ url: request.url ?? "", body, key: String(request.headers["x-key"]) });
      response.statusCode = request.url?.startsWith("/no") === true ? 404 : 200;
      response.end(JSON.stringify({ customer: { name: "Ada", orders: [{ no: 7 }] } }));
    });
  });
  await new Promise<void>((resolve) => web.listen({ host: "127.0.0.1", port: 0 }, resolve));
  origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  list = await server.admin.post<ContactList>("/contact-lists", { name: "Callers" });
});
afterAll(async () => {
  await server?.stop();
  await mailbox?.stop();
  web?.close();
});

const at = { x: 0, y: 0 };
const block = (id: string, type: string, options: FlowBlock["options"], exits: FlowBlock["exits"]): FlowBlock => ({
  ...{ id, type, options, exits, at },
});
const end = block("end", "end", {}, {});
const flowOf = (...blocks: FlowBlock[]): Flow => ({
  blocks: [block("start", "start", {}, { next: blocks[0]?.id ?? "" }), ...blocks.filter((one) => one !== end), end],
  notes: [],
});
const httpOptions = (more: object) => ({
  ...{ method: "GET", url: `${origin}/`, headers: [], as: "json", body: "", timeout: 5, read: [] },
  ...more,
});
const all = (...exits: string[]) => Object.fromEntries(exits.map((exit) => [exit, "end"]));

async function published(flow: Flow): Promise<number> {
  projects += 1;
  const { id } = await server.admin.post<Project>("/projects", { name: `Project ${projects}` });
  const draft = await server.admin.put<ProjectDraft>(`/projects/${id}/draft`, { revision: 1, flow });
  expect(draft.issues).toEqual([]);
  await server.admin.post(`/projects/${id}/publish`, {});
  return id;
}

/** Leads a caller through a flow; answers his way, once it is written down. */
async function led(flow: Flow, keys: string[] = [], more: FakeVoiceOptions = {}): Promise<ProjectRunDetails> {
  const projectId = await published(flow);
  await fakeVoiceCall(server.home, "trunk", "100", keys, { callerNumber: "+390612345", ...more, projectId });
  const run = await until("the run is written down", async () => {
    const { rows } = await server.admin.get<{ rows: ProjectRun[] }>(`/projects/${projectId}/runs`);
    return rows.find(({ endedAt }) => endedAt !== null);
  });
  return server.admin.get<ProjectRunDetails>(`/project-runs/${run.id}`);
}
const exitsOf = ({ path }: ProjectRunDetails) => path.slice(1).map(({ block: id, exit }) => [id, exit]);

describe("the contact blocks", () => {
  const lookup = block("lookup", "contact-lookup", { number: "{caller}" }, { found: "end", unknown: "make" });
  const make = block(
    "make",
    "contact-create",
    { list: 0, name: "Caller {caller}", number: "{caller}", company: "", email: "" },
    { done: "end", refused: "end" },
  );
  const flow = () => flowOf(lookup, { ...make, options: { ...make.options, list: list.id } });

  it("put an unknown caller into a list, know him the next time, and make nobody twice", async () => {
    expect(exitsOf(await led(flow()))).toEqual([
      ["lookup", "unknown"],
      ["make", "done"],
      ["end", null],
    ]);
    const again = await led(flow(), [], { callerNumber: "0612345" });
    expect(exitsOf(again)[0]).toEqual(["lookup", "found"]);
    expect(again.variables).toMatchObject({ "contact.name": "Caller +390612345", "contact.list": "Callers" });
    await led(flowOf({ ...make, options: { ...make.options, list: list.id, name: "Other" } }));
    const { rows } = await server.admin.get<{ rows: Contact[] }>(`/contacts?listId=${list.id}`);
    expect(rows.map(({ fullName }) => fullName)).toEqual(["Caller +390612345"]);
  });

  it("refuse who has no number", async () => {
    expect(exitsOf(await led(flow(), [], { callerNumber: "anonymous" }))).toEqual([
      ["lookup", "unknown"],
      ["make", "refused"],
      ["end", null],
    ]);
  });
});

describe("the HTTP block", () => {
  it("reaches nothing of the house's network that its list does not name, and what it names", async () => {
    const ask = block("ask", "http-request", httpOptions({}), all("done", "refused", "failed"));
    asked = [];
    const run = await led(flowOf(ask));
    expect(exitsOf(run)[0]).toEqual(["ask", "failed"]);
    expect(run.variables["http.error"]).toContain("may not reach 127.0.0.1");
    expect(asked).toEqual([]);
    expect((await server.admin.refused("PATCH", "/settings", { httpBlockAllowed: ["10.0.0.0/99"] })).field).toBe(
      "httpBlockAllowed",
    );
    await server.admin.patch("/settings", { httpBlockAllowed: [origin.replace("http://", "")] });
    expect(exitsOf(await led(flowOf(ask)))[0]).toEqual(["ask", "done"]);
  });

  it("sends what it is told, keeps what is answered, and says what status it was", async () => {
    const more = {
      ...{
        method: "POST",
        url: `${origin}/calls?of={caller}`,
        headers: [{ name: "X-Key", value: "k {digits}\r\nevil: 1" }],
      },
      ...{ as: "json", body: '{"caller": "{caller}", "digits": {digits}}' },
      read: [
        { variable: "order", path: "customer.orders[0].no" },
        { variable: "name", path: "customer.name" },
        { variable: "gone", path: "customer.gone" },
      ],
    };
    const digits = block(
      "digits",
      "get-digits",
      {
        say: [{ digits: "1" }],
        variable: "digits",
        least: 1,
        most: 4,
        wait: 5,
        rounds: 1,
        sayInvalid: [],
        secret: true,
      },
      { done: "ask", "no-input": "end", invalid: "end" },
    );
    const ask = block("ask", "http-request", httpOptions(more), { done: "no", refused: "end", failed: "end" });
    const no = block("no", "http-request", httpOptions({ url: `${origin}/no` }), all("done", "refused", "failed"));
    asked = [];
    const run = await led(flowOf(digits, ask, no), ["4711"]);
    expect(asked[0]).toEqual({
      ...{ url: "/calls?of=%2B390612345", body: '{"caller": "+390612345", "digits": 4711}' },
      key: "k 4711 evil: 1",
    });
    expect(run.variables).toMatchObject({ order: "7", name: "Ada", gone: "", "http.status": "404" });
    expect(exitsOf(run).slice(1, 3)).toEqual([
      ["ask", "done"],
      ["no", "refused"],
    ]);
    // What is secret goes where it is sent, and stands nowhere else.
    expect(JSON.stringify(run)).not.toContain("4711");
  });
});

describe("the mail block", () => {
  const mail = block(
    "mail",
    "send-mail",
    { to: "boss@house.example, {to}", subject: "A call from {caller}", text: "Of {caller} & <others>" },
    { done: "end", failed: "end" },
  );
  it("fails where no mail server is set up, and sends where one is", async () => {
    const flow = flowOf(
      block("set", "set-variable", { set: [{ variable: "to", value: "ada@house.example" }] }, { next: "mail" }),
      mail,
    );
    const run = await led(flow);
    expect(exitsOf(run)[1]).toEqual(["mail", "failed"]);
    expect(run.variables["mail.error"]).toContain("set up");
    const settings = { host: "127.0.0.1", port: mailbox.port, security: "none", sender: "perch@house.example" };
    await server.admin.put("/mail-settings", { ...settings, username: null, password: null });
    expect(exitsOf(await led(flow))[1]).toEqual(["mail", "done"]);
    expect(mailbox.letters).toHaveLength(1);
    expect(mailbox.letters[0]?.to).toEqual(["boss@house.example", "ada@house.example"]);
    expect(mailbox.letters[0]?.body).toContain("Subject: A call from +390612345");
    expect(mailbox.letters[0]?.body).toContain("&lt;others&gt;");
  });
  it("takes a variable for one address at most", async () => {
    const value = "ada@house.example, eve@elsewhere.example";
    const flow = flowOf(block("set", "set-variable", { set: [{ variable: "to", value }] }, { next: "mail" }), mail);
    const before = mailbox.letters.length;
    expect(exitsOf(await led(flow))[1]).toEqual(["mail", "failed"]);
    expect(mailbox.letters).toHaveLength(before);
  });
});

describe("the record block", () => {
  const options = { say: [], variable: "recording.file", longest: 60, silence: 4, least: 2 };
  const taken = () => readdirSync(join(server.home, "voices", "taken"));

  it("takes a voice that can be played in the call, and is gone with it", async () => {
    const record = block("record", "record", options, { done: "play", "too-short": "end" });
    const play = block("play", "play", { say: [{ recording: "{recording.file}" }], canSkip: false }, { next: "more" });
    const more = block("more", "record", { ...options, least: 1 }, { done: "end", "too-short": "end" });
    const projectId = await published(flowOf(record, play, more));
    const call = await fakeVoiceCall(server.home, "trunk", "100", [], { projectId, says: [3_000, 500, 1] });
    expect(call.heard[0]).toContain("/voices/taken/perch-voice-");
    const { rows } = await until("the run is written down", async () => {
      const found = await server.admin.get<{ rows: ProjectRun[] }>(`/projects/${projectId}/runs`);
      return found.rows.some(({ endedAt }) => endedAt !== null) ? found : null;
    });
    const run = await server.admin.get<ProjectRunDetails>(`/project-runs/${rows[0]?.id}`);
    expect(exitsOf(run)).toEqual([
      ["record", "done"],
      ["play", "next"],
      ["more", "too-short"],
      ["end", null],
    ]);
    expect(run.variables).toMatchObject({ "recording.file": "", "recording.seconds": "1" });
    expect(taken()).toEqual([]);
  });

  it("has what he said before he hung up, for what stands behind Finally", async () => {
    const record = block("record", "record", options, { done: "end", "too-short": "end" });
    const after = block("after", "finally", {}, { next: "set" });
    const set = block(
      "set",
      "set-variable",
      { set: [{ variable: "said", value: "{recording.seconds} s in {recording.file}" }] },
      { next: "end" },
    );
    const run = await led(flowOf(record, after, set), [], { says: [7_000] });
    expect(run.ending).toBe("caller-left");
    expect(run.variables.said).toMatch(/^7 s in \/.*perch-voice-[a-f0-9-]+$/);
    expect(taken()).toEqual([]);
  });
});

it("answers to questions stand in the report, with their mean and what share each has", async () => {
  const options = (more: object) => ({
    ...{
      question: "How was it?",
      say: [],
      answers: "five",
      keys: [],
      wait: 5,
      rounds: 2,
      sayInvalid: [],
      thanks: false,
    },
    ...more,
  });
  const first = block("first", "survey-question", options({}), { done: "second", "no-input": "second" });
  const keys = [
    { key: "0", label: "Yes" },
    { key: "1", label: "No" },
  ];
  const second = block(
    "second",
    "survey-question",
    options({ question: "Solved?", answers: "keys", keys, say: [{ digits: "1" }] }),
    { done: "end", "no-input": "end" },
  );
  const flow = flowOf(first, second);
  const run = await led(flow, ["9", "4", "0"]);
  expect(exitsOf(run)).toEqual([
    ["first", "done"],
    ["second", "done"],
    ["end", null],
  ]);
  await led(flow, ["2", "1"]);
  expect(exitsOf(await led(flow, ["7", "6"]))).toEqual([
    ["first", "no-input"],
    ["second", "no-input"],
    ["end", null],
  ]);
  const report = await until("all answers are written down", async () => {
    const quarter = 900_000;
    const now = Math.floor(Date.now() / quarter) * quarter;
    const day = { from: new Date(now - 4 * quarter).toISOString(), to: new Date(now + 4 * quarter).toISOString() };
    const found = await server.admin.get<ReportAnswer>(`/reports/survey-answers?${new URLSearchParams(day)}`);
    return found.totals?.answers === 4 ? found : null;
  });
  expect(report.rows.map(({ cells }) => [cells.question, cells.answers, cells.mean])).toEqual([
    ["How was it?", 2, 3],
    ["Solved?", 2, null],
  ]);
  const share = report.columns.find(({ title }) => title === "Yes %")?.key ?? "";
  expect(report.rows.map(({ cells }) => cells[share])).toEqual([0, 50]);
});

it("in a trial nothing is sent or made: whoever tries says what comes of it", async () => {
  const ask = block("ask", "http-request", httpOptions({}), { done: "mail", refused: "end", failed: "end" });
  const mail = block(
    "mail",
    "send-mail",
    { to: "a@b.example", subject: "S", text: "" },
    { done: "make", failed: "end" },
  );
  const options = { list: list.id, name: "Trial", number: "0551", company: "", email: "" };
  const make = block("make", "contact-create", options, { done: "end", refused: "end" });
  asked = [];
  const letters = mailbox.letters.length;
  let trial = await server.admin.post<Trial>("/trials", { flow: flowOf(ask, mail, make) });
  const seen: string[] = [];
  for (const choice of ["done", "yes", "yes"]) {
    seen.push(...trial.events.filter(({ kind }) => kind === "did").map(({ words }) => words));
    trial = await server.admin.post<Trial>(`/trials/${trial.id}`, { choice });
  }
  expect(seen).toEqual([`Asks GET ${origin}/.`, "Sends “S” to a@b.example.", "Makes the contact Trial."]);
  expect(trial.waitsFor).toBeNull();
  expect(trial.events.at(-1)).toMatchObject({ kind: "over", words: "ended" });
  expect(trial.variables).toMatchObject({ "http.status": "200", "contact.name": "Trial" });
  expect([asked.length, mailbox.letters.length - letters]).toEqual([0, 0]);
  const { rows } = await server.admin.get<{ rows: Contact[] }>("/contacts?q=Trial");
  expect(rows).toEqual([]);
});

it("what stands behind Finally is tried when the caller has hung up", async () => {
  const wait = block(
    "wait",
    "get-digits",
    { say: [{ digits: "1" }], variable: "x", least: 1, most: 1, wait: 5, rounds: 1, sayInvalid: [], secret: false },
    { done: "end", "no-input": "end", invalid: "end" },
  );
  const after = block("after", "finally", {}, { next: "mail" });
  const mail = block(
    "mail",
    "send-mail",
    { to: "a@b.example", subject: "S", text: "" },
    { done: "end", failed: "end" },
  );
  const trial = await server.admin.post<Trial>("/trials", { flow: flowOf(wait, after, mail) });
  const asked = await server.admin.post<Trial>(`/trials/${trial.id}`, { hangUp: true });
  expect(asked.waitsFor?.choices.map(({ name }) => name)).toEqual(["yes", "no"]);
  const done = await server.admin.post<Trial>(`/trials/${trial.id}`, { choice: "yes" });
  expect(done.waitsFor).toBeNull();
  expect(done.events.at(-1)).toMatchObject({ kind: "over", words: "caller-left" });
  expect(done.events.filter(({ kind }) => kind === "exit").map(({ block: of, words }) => [of, words])).toEqual([
    ["mail", "done"],
    ["end", ""],
  ]);
});

it("two answers to a trial at once are one answer and a refusal, and one that is over makes room", async () => {
  const menu = block(
    "menu",
    "menu",
    { say: [{ text: "?" }], keys: [{ key: "1", label: "One" }], wait: 5, rounds: 3, sayInvalid: [] },
    { "1": "menu", "no-input": "end", invalid: "end" },
  );
  const trial = await server.admin.post<Trial>("/trials", { flow: flowOf(menu) });
  const both = await Promise.all(
    ["1", "1"].map((keys) => server.admin.ask<Trial>("POST", `/trials/${trial.id}`, { keys })),
  );
  expect(both.every(({ status }) => status === 200 || status === 400)).toBe(true);
  expect(both.some(({ status }) => status === 200)).toBe(true);
  expect((await server.admin.ask<Trial>("POST", `/trials/${trial.id}`, { hangUp: true })).body.waitsFor).toBeNull();
  expect((await server.admin.refused("POST", `/trials/${trial.id}`, { keys: "1" })).code).toBe("trial.over");
  await server.admin.remove(`/trials/${trial.id}`);
  for (let nth = 0; nth < 60; nth += 1) await server.admin.post<Trial>("/trials", { flow: flowOf(end) });
});

it("options that are newer than a flow have their usual values, and impossible ones end the project there", async () => {
  const old = block("old", "get-digits", { say: [{ digits: "1" }], variable: "x" }, {});
  const odd = block("odd", "random-split", { ways: [null] }, {});
  const begin = async (one: FlowBlock) => (await server.admin.post<Trial>("/trials", { flow: flowOf(one) })).events;
  const trial = await server.admin.post<Trial>("/trials", { flow: flowOf(old) });
  expect(trial.waitsFor).toMatchObject({ most: 20 });
  expect((await begin(odd)).at(-1)).toMatchObject({ kind: "over", words: "fault" });
});
