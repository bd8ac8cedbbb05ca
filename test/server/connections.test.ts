import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  DataQuery,
  DataQueryFound,
  Flow,
  FlowBlock,
  HouseSecret,
  Project,
  ProjectDraft,
  ProjectFile,
  ProjectRun,
  ProjectRunDetails,
  SmsGateway,
  Trial,
} from "../../contract/views.ts";
import { buildServer, type TestServer } from "../build.ts";
import { fakeVoiceCall } from "../fakes/fake-voice-call.ts";
import { until } from "../until.ts";

const TOKEN = "t0p-secret-token";
let server: TestServer;
let web: Server;
let port: number;
let origin: string;
let asked: { url: string; body: string; key: string | undefined }[] = [];
let status = 200;
let projects = 0;

beforeAll(async () => {
  server = await buildServer();
  web = createServer((request, response) => {
    let body = "";
    request.on("data", (piece) => {
      body += String(piece);
    });
    request.on("end", () => {
      const key = request.headers["x-key"];
      asked.push({ url: request.url ?? "", body, key: key === undefined ? undefined : String(key) });
      response.writeHead(status).end("{}");
    });
  });
  await new Promise<void>((resolve) => web.listen({ host: "127.0.0.1", port: 0 }, resolve));
  port = (web.address() as AddressInfo).port;
  origin = `http://127.0.0.1:${port}`;
  await server.admin.patch("/settings", { httpBlockAllowed: [`127.0.0.1:${port}`] });
  await sql`create table customers (id int primary key, name text, number text, since date, note text)`.execute(
    server.db,
  );
  await sql`insert into customers values (7, 'Ada', '+390612345', '2026-01-31', null)`.execute(server.db);
});
afterAll(async () => {
  await server?.stop();
  web?.close();
});

const at = { x: 0, y: 0 };
const block = (id: string, type: string, options: FlowBlock["options"], exits: FlowBlock["exits"]): FlowBlock => ({
  ...{ id, type, options, exits, at },
});
const end = block("end", "end", {}, {});
const flowOf = (...blocks: FlowBlock[]): Flow => ({
  blocks: [block("start", "start", {}, { next: blocks[0]?.id ?? "" }), ...blocks, end],
  notes: [],
});
const all = (...exits: string[]) => Object.fromEntries(exits.map((exit) => [exit, "end"]));

async function drawn(flow: Flow): Promise<ProjectDraft> {
  projects += 1;
  const { id } = await server.admin.post<Project>("/projects", { name: `Project ${projects}` });
  return server.admin.put<ProjectDraft>(`/projects/${id}/draft`, { revision: 1, flow });
}
async function led(flow: Flow, keys: string[] = []): Promise<ProjectRunDetails> {
  const { id, issues } = await drawn(flow);
  expect(issues).toEqual([]);
  await server.admin.post(`/projects/${id}/publish`, {});
  await fakeVoiceCall(server.home, "trunk", "100", keys, { callerNumber: "+390612345", projectId: id });
  const run = await until("the run is written down", async () => {
    const { rows } = await server.admin.get<{ rows: ProjectRun[] }>(`/projects/${id}/runs`);
    return rows.find(({ endedAt }) => endedAt !== null);
  });
  return server.admin.get<ProjectRunDetails>(`/project-runs/${run.id}`);
}
const exitOf = ({ path }: ProjectRunDetails, id: string) => path.find((step) => step.block === id)?.exit;

const http = (value: string, more: object = {}) =>
  block(
    "ask",
    "http-request",
    {
      ...{ method: "GET", url: `${origin}/`, headers: [{ name: "X-Key", value }], as: "json", body: "", timeout: 5 },
      ...{ read: [] },
      ...more,
    },
    all("done", "refused", "failed"),
  );

describe("a secret of the house", () => {
  let secret: HouseSecret;
  beforeAll(async () => {
    secret = await server.admin.post<HouseSecret>("/secrets", { name: "crm", purpose: "header", secret: TOKEN });
  });

  it("is sent in a header, and stands in no answer, no log, no run and no file", async () => {
    expect(secret).toEqual({ id: secret.id, name: "crm", purpose: "header", hosts: [], leadsTo: "" });
    const flow = flowOf(http("Bearer {secret.crm} {caller}"));
    asked = [];
    const run = await led(flow);
    expect(exitOf(run, "ask")).toBe("done");
    expect(asked.map(({ key }) => key)).toEqual([`Bearer ${TOKEN} +390612345`]);
    const file = await server.admin.get<ProjectFile>(`/projects/${run.projectId}/file`);
    expect(JSON.stringify(file)).toContain("{secret.crm}");
    const { rows: audit } = await sql`select * from audit where subject = ${`secret ${secret.id}`}`.execute(server.db);
    expect(JSON.stringify(audit)).toContain("(set)");
    const { rows: kept } = await sql`select * from house_secrets`.execute(server.db);
    const everything = [run, file, audit, kept, await server.admin.get("/secrets"), server.logged()];
    expect(JSON.stringify(everything)).not.toContain(TOKEN);
    expect(JSON.stringify(await server.admin.get(`/secrets/${secret.id}`))).not.toContain(TOKEN);
  });

  it("cannot be named by a value, and where it is not there nothing is sent", async () => {
    const set = block("set", "set-variable", { set: [{ variable: "said", value: "{" }] }, { next: "more" });
    const more = block(
      "more",
      "set-variable",
      { set: [{ variable: "said", value: "{said}secret.crm}" }] },
      { next: "ask" },
    );
    asked = [];
    await led(flowOf(set, more, http("{said}")));
    expect(asked.map(({ key }) => key)).toEqual(["{secret.crm}"]);
  });

  it("stands in headers alone, and has to be there: else it is an issue", async () => {
    const issuesOf = async (...blocks: FlowBlock[]) =>
      (await drawn(flowOf(...blocks))).issues.map(({ code, block: id, option }) => [code, id, option]);
    expect(await issuesOf(http("{secret.gone}"))).toEqual([["secret.unknown", "ask", "headers"]]);
    expect(await issuesOf(http("", { url: `${origin}/?key={secret.crm}` }))).toEqual([
      ["secret.misplaced", "ask", "url"],
    ]);
    expect(await issuesOf(http("", { method: "POST", body: '{"a": "{secret.crm}"}' }))).toEqual([
      ["secret.misplaced", "ask", "body"],
    ]);
    const play = block("play", "play", { say: [{ text: "It is {secret.crm}" }], canSkip: false }, { next: "end" });
    expect(await issuesOf(play)).toEqual([["secret.misplaced", "play", "say"]]);
  });

  it("goes to its hosts alone, and stays while somebody speaks of it", async () => {
    await server.admin.patch(`/secrets/${secret.id}`, { hosts: ["api.example.com"] });
    asked = [];
    const run = await led(flowOf(http("{secret.crm}")));
    expect(exitOf(run, "ask")).toBe("failed");
    expect(run.variables["http.error"]).toBe("The secret crm may not be sent to 127.0.0.1.");
    expect(asked).toEqual([]);
    // Who may not know it does not send it elsewhere either.
    const wider = await server.admin.refused("PATCH", `/secrets/${secret.id}`, { hosts: [] });
    expect(wider).toMatchObject({ code: "request.invalid", field: "hosts" });
    await server.admin.patch(`/secrets/${secret.id}`, { hosts: [], secret: TOKEN });
    expect((await server.admin.refused("PATCH", `/secrets/${secret.id}`, { name: "other" })).field).toBe("name");
    const used = await server.admin.refused("DELETE", `/secrets/${secret.id}`);
    expect(used.code).toBe("reference.in-use");
    expect(used.title).toContain("the project Project");
  });

  it("does not cross the internet without encryption", async () => {
    const run = await led(flowOf(http("{secret.crm}", { url: "http://93.184.215.14/" })));
    expect(exitOf(run, "ask")).toBe("failed");
    expect(run.variables["http.error"]).toContain("not sent unencrypted");
  });

  it("shows only its name in a trial", async () => {
    const trial = await server.admin.post<Trial>("/trials", { flow: flowOf(http("{secret.crm}")) });
    expect(JSON.stringify(trial)).not.toContain(TOKEN);
    await server.admin.remove(`/trials/${trial.id}`);
  });
});

describe("the database block", () => {
  let query: DataQuery;
  let crm: HouseSecret;
  const lookup = (more: object = {}) =>
    block(
      "look",
      "database-lookup",
      {
        ...{ query: query.id, give: [] },
        read: [
          { variable: "who", column: "name" },
          { variable: "since", column: "since" },
          { variable: "note", column: "note" },
          { variable: "gone", column: "no_such" },
        ],
        ...more,
      },
      all("found", "nothing", "failed"),
    );
  const change = (sqlText: string, more: object = {}) =>
    server.admin.patch<DataQuery>(`/data-queries/${query.id}`, { sql: sqlText, ...more });

  beforeAll(async () => {
    const place = new URL(server.databaseUrl);
    place.searchParams.set("sslmode", "disable");
    const refused = await server.admin.refused("POST", "/secrets", {
      ...{ name: "bad", purpose: "database", secret: "mysql://a:b@c/d" },
    });
    expect(refused.field).toBe("secret");
    crm = await server.admin.post<HouseSecret>("/secrets", { name: "db", purpose: "database", secret: place.href });
    query = await server.admin.post<DataQuery>("/data-queries", {
      ...{ name: "Customer", secretId: crm.id },
      sql: "select id, name, since, note from customers where number = :caller;",
    });
  });

  it("asks no database that the house's list does not name", async () => {
    const run = await led(flowOf(lookup()));
    expect(exitOf(run, "look")).toBe("failed");
    expect(run.variables["database.error"]).toContain("the house's list does not name it");
    const { hostname, port: at } = new URL(server.databaseUrl);
    await server.admin.patch("/settings", { databaseBlockAllowed: [`${hostname}:${at}`] });
  });

  it("keeps what the first row says, by the caller's number", async () => {
    expect(query.parameters).toEqual(["caller"]);
    expect(crm.leadsTo).toMatch(/^test_.* at .* as /);
    const run = await led(flowOf(lookup()));
    expect(exitOf(run, "look")).toBe("found");
    expect(run.variables).toMatchObject({ who: "Ada", since: "2026-01-31", note: "", gone: "", "database.error": "" });
  });

  it("finds nothing, and a value can say no more than itself", async () => {
    const give = [{ parameter: "caller", value: "' or true --" }];
    expect(exitOf(await led(flowOf(lookup({ give }))), "look")).toBe("nothing");
  });

  it("gives an empty value as null, and fails where a value is not what the query takes", async () => {
    await change("select name from customers where id = coalesce(:id::int, 7)");
    expect(exitOf(await led(flowOf(lookup())), "look")).toBe("found");
    const run = await led(flowOf(lookup({ give: [{ parameter: "id", value: "seven" }] })));
    expect(exitOf(run, "look")).toBe("failed");
    expect(run.variables["database.error"]).toBe("A value is not what the query takes.");
  });

  it("fails where the query takes too long", async () => {
    await change("select pg_sleep(30)::text as name", { timeoutSeconds: 1 });
    const run = await led(flowOf(lookup()));
    expect(exitOf(run, "look")).toBe("failed");
    expect(["The query took too long.", "No answer in time."]).toContain(run.variables["database.error"]);
    await change("select 1", { timeoutSeconds: 5 });
  });

  it("only reads, whatever its text says", async () => {
    for (const text of ["delete from customers", "begin; drop table customers"]) {
      const refused = await server.admin.refused("PATCH", `/data-queries/${query.id}`, { sql: text });
      expect(refused.field).toBe("sql");
    }
    const tryOut = (values: Record<string, string> = {}) =>
      server.admin.refused("POST", `/data-queries/${query.id}/try`, { values });
    for (const text of [
      "with gone as (delete from customers returning name) select name from gone",
      "select 1; delete from customers",
      "select set_config('transaction_read_only', 'off', false), nextval('house_secrets_id_seq')",
      "select name from customers for update",
      "select name into copied from customers",
    ]) {
      await change(text);
      expect((await tryOut()).code).toBe("data-query.failed");
    }
    const { rows } = await sql`select count(*)::int as count from customers`.execute(server.db);
    expect(rows).toEqual([{ count: 1 }]);
  });

  it("is tried by who keeps it, and stays while a project asks it", async () => {
    await change("select name, id, note from customers where id = :id::int");
    const found = await server.admin.post<DataQueryFound>(`/data-queries/${query.id}/try`, { values: { id: "7" } });
    expect(found.row).toEqual([
      { column: "name", value: "Ada" },
      { column: "id", value: "7" },
      { column: "note", value: "" },
    ]);
    const other = { values: { id: "8" } };
    expect((await server.admin.post<DataQueryFound>(`/data-queries/${query.id}/try`, other)).row).toBeNull();
    await change("select nam from customers");
    const wrong = await server.admin.refused("POST", `/data-queries/${query.id}/try`, other);
    expect(wrong.title).toContain('column "nam" does not exist');
    expect((await server.admin.refused("DELETE", `/data-queries/${query.id}`)).code).toBe("reference.in-use");
    expect((await server.admin.refused("DELETE", `/secrets/${crm.id}`)).title).toContain("the query Customer");
    const { password } = new URL(server.databaseUrl);
    if (password !== "") expect(server.logged()).not.toContain(password);
  });
});

describe("the SMS block", () => {
  const sms = (number: string) =>
    block("sms", "send-sms", { number, text: 'Hello "{caller}"' }, all("sent", "failed", "not-set-up"));
  const gateway = (more: object = {}): SmsGateway => ({
    ...{ url: `${origin}/sms?to={number}`, method: "POST", as: "json" },
    headers: [{ name: "X-Key", value: "{secret.crm}" }],
    body: '{"to": "{digits}", "text": {text}}',
    ...more,
  });

  it("says that nobody has set it up", async () => {
    expect(exitOf(await led(flowOf(sms("{caller}"))), "sms")).toBe("not-set-up");
    expect((await server.admin.refused("GET", "/sms-gateway")).code).toBe("not-found");
  });

  it("asks the gateway, with numbers as the world writes them, and shows no secret", async () => {
    await server.admin.put("/sms-gateway", gateway());
    asked = [];
    expect(exitOf(await led(flowOf(sms("333 1234567"))), "sms")).toBe("sent");
    expect(asked).toEqual([
      {
        url: "/sms?to=%2B393331234567",
        body: '{"to": "393331234567", "text": "Hello \\"+390612345\\""}',
        key: TOKEN,
      },
    ]);
    expect(JSON.stringify(await server.admin.get("/sms-gateway"))).not.toContain(TOKEN);
    await server.admin.post("/sms-gateway/test", { to: "+393331234567" });
    expect(asked).toHaveLength(2);
  });

  it("fails where the gateway says no, and where the number is none", async () => {
    status = 402;
    const run = await led(flowOf(sms("{caller}")));
    status = 200;
    expect(exitOf(run, "sms")).toBe("failed");
    expect(run.variables["sms.error"]).toBe("The gateway answers 402.");
    asked = [];
    expect(exitOf(await led(flowOf(sms("nobody"))), "sms")).toBe("failed");
    expect(asked).toEqual([]);
    await server.admin.put("/sms-gateway", gateway({ url: "http://127.0.0.2/" }));
    expect((await server.admin.refused("POST", "/sms-gateway/test", { to: "+393331234567" })).code).toBe("sms.failed");
  });
});
