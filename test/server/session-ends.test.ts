import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Agent, AskedFor, Queue, Session, Telephone } from "../../contract/views.ts";
import { buildServer, PASSWORD, type TestServer } from "../build.ts";
import type { Client } from "../client.ts";
import { type LiveLine, openLine, untilTrue } from "../live-line.ts";
import { until } from "../until.ts";

let server: TestServer;
let queue: Queue;
let desks: Telephone[];
let anna: Agent;
let luca: Agent;
let sara: Client;
let as: { anna: Client; luca: Client };
let lines: LiveLine[] = [];

const desk = (n: number): Telephone => {
  const found = desks[n];
  if (found === undefined) throw new Error(`no desk ${n}`);
  return found;
};
const live = async (who: Client) => {
  const line = await openLine(server.url, who.token);
  lines.push(line);
  return line;
};
const members = () =>
  server.fake.members().map(({ agentName, endpoint, paused }) => `${agentName} ${endpoint} ${paused}`);
const over = (who: Client) =>
  until(
    "the session is over",
    async () => (await who.ask<{ code?: string }>("GET", "/session")).body.code === "session.none",
  );

beforeAll(async () => {
  server = await buildServer();
  queue = await server.admin.post<Queue>("/queues", { name: "support" });
  const agent = (username: string, fullName: string) => server.make.agent({ username, fullName, queues: [queue.id] });
  [anna, luca] = [await agent("anna", "Anna Rossi"), await agent("luca", "Luca Neri")];
  desks = [];
  for (let n = 0; n < 2; n += 1) {
    desks.push(await server.make.telephone({ username: `desk${n}`, fullName: `Desk ${n}` }));
    server.fake.setContact(`desk${n}`, true);
  }
  await server.admin.post("/users", { username: "sara", fullName: "Sara Bo", password: PASSWORD, role: "supervisor" });
  sara = await server.signIn("sara");
});
afterAll(() => server.stop());
beforeEach(async () => {
  for (const line of lines) line.close();
  lines = [];
  await server.admin.patch("/settings", { secondLogin: "resume", takeoverByAsking: true });
  for (const { id } of [anna, luca]) {
    await server.admin.patch(`/agents/${id}`, { hotdesk: true, typology: "external" });
    await sara.post(`/supervision/agents/${id}/log-out`, undefined);
  }
  as = { anna: await server.signIn("anna"), luca: await server.signIn("luca") };
  await until("the desks are registered", async () => {
    const { telephones } = await sara.get<{ telephones: { registered: boolean }[] }>("/telephones/choices");
    return telephones.filter(({ registered }) => registered).length === 2;
  });
  await as.anna.post("/session", { telephoneId: desk(0).id });
});

describe("who is put out is told why and by whom", () => {
  it.each([
    [
      "a supervisor released the telephone",
      () => sara.post(`/supervision/telephones/${desk(0).id}/release`, undefined),
      "released",
      "Sara Bo",
    ],
    [
      "a supervisor logged him out",
      () => sara.post(`/supervision/agents/${anna.id}/log-out`, undefined),
      "logged-out-by-supervisor",
      "Sara Bo",
    ],
    ["he logged out himself", () => as.anna.remove("/session"), "logged-out", null],
  ] as const)("%s", async (_, act, reason, by) => {
    const line = await live(as.anna);
    expect(line.state.ended).toBeNull();
    await act();
    await until("it is told", () => line.state.ended !== null);
    expect(line.state).toMatchObject({ session: null, ended: { reason, by } });
    await untilTrue(line, server.url, as.anna.token);
    const later = await live(await server.signIn("anna"));
    expect(later.state.ended).toBeNull();
    await as.anna.post("/session", { telephoneId: desk(0).id });
    await until("it is told no more", () => line.state.ended === null);
    await untilTrue(line, server.url, as.anna.token);
  });
});

it("who ended it is told by the name of now, also on a line that was there before", async () => {
  const { id } = await sara.get<{ id: number }>("/me");
  const line = await live(as.anna);
  await sara.post(`/supervision/telephones/${desk(0).id}/release`, undefined);
  await until("it is told", () => line.state.ended?.by === "Sara Bo");
  await server.admin.patch(`/users/${id}`, { fullName: "Sara Bo Verdi" });
  await until("it is told by the new name", () => line.state.ended?.by === "Sara Bo Verdi");
  await untilTrue(line, server.url, as.anna.token);
  await server.admin.patch(`/users/${id}`, { fullName: "Sara Bo" });
});

it("who took it over is told by the name of now", async () => {
  const line = await live(as.anna);
  await sara.post(`/supervision/telephones/${desk(0).id}/give`, { agentId: luca.id });
  await until("it is told", () => line.state.ended?.by === "Luca Neri");
  await server.admin.patch(`/agents/${luca.id}`, { fullName: "Luca Nero" });
  await until("it is told by the new name", () => line.state.ended?.by === "Luca Nero");
  await untilTrue(line, server.url, as.anna.token);
  await server.admin.patch(`/agents/${luca.id}`, { fullName: "Luca Neri" });
});

describe("a telephone is asked for", () => {
  it("and given: both see it live, and who asked sits there", async () => {
    const [holder, asker] = [await live(as.anna), await live(as.luca)];
    const asked = await as.luca.post<AskedFor>(`/telephones/${desk(0).id}/ask`, undefined);
    await until("the holder sees it", () => holder.state.session?.takeoverRequest?.id === asked.id);
    expect(holder.state.session?.takeoverRequest?.by).toEqual({ id: luca.id, name: "Luca Neri" });
    await until("the asker sees it", () => asker.state.askedFor?.answer === "waiting");
    await untilTrue(asker, server.url, as.luca.token);
    expect(await as.anna.post(`/session/takeover-request/${asked.id}`, { answer: "give" })).toEqual({
      answer: "given",
    });
    await until("the holder is told who took it", () => holder.state.ended?.reason === "taken-over");
    expect(holder.state.ended?.by).toBe("Luca Neri");
    await until("the asker has it", () => asker.state.session?.telephone.id === desk(0).id);
    expect(members()).toEqual(["Luca Neri desk0 false"]);
    await untilTrue(holder, server.url, as.anna.token);
    await untilTrue(asker, server.url, as.luca.token);
  });

  it("and kept, and the answer is put aside", async () => {
    const [holder, asker] = [await live(as.anna), await live(as.luca)];
    const { id } = await as.luca.post<AskedFor>(`/telephones/${desk(0).id}/ask`, undefined);
    await as.anna.post(`/session/takeover-request/${id}`, { answer: "keep" });
    await until("the asker sees it", () => asker.state.askedFor?.answer === "kept");
    await until("the holder is asked no more", () => (holder.state.session?.takeoverRequest ?? null) === null);
    await as.luca.remove("/telephones/asked");
    await until("it is put aside", () => asker.state.askedFor === null);
    expect((await as.anna.refused("POST", `/session/takeover-request/${id}`, { answer: "give" })).code).toBe(
      "takeover.over",
    );
  });

  it("during a call, which goes on to its end", async () => {
    const holder = await live(as.anna);
    await live(as.luca);
    const leg = server.fake.dial({ from: "desk0", exten: "0555" });
    await until("the call is known", () => server.house.services.registration.onCall("desk0"));
    const { id } = await as.luca.post<AskedFor>(`/telephones/${desk(0).id}/ask`, undefined);
    expect(await as.anna.post(`/session/takeover-request/${id}`, { answer: "give" })).toEqual({
      answer: "when-call-ends",
    });
    await until(
      "she sees that it ends with the call",
      () => holder.state.session?.endsWithCall?.reason === "taken-over",
    );
    expect(holder.state.session?.endsWithCall?.by).toBe("Luca Neri");
    expect(members()).toEqual(["Anna Rossi desk0 true"]);
    server.fake.hangUp(leg);
    await until("he sits there", () => members().join() === "Luca Neri desk0 false");
  });

  it("or given by a supervisor", async () => {
    expect((await as.luca.refused("POST", `/supervision/telephones/${desk(0).id}/give`, {})).code).toBe(
      "not-permitted",
    );
    expect((await sara.refused("POST", `/supervision/telephones/${desk(0).id}/give`, {})).code).toBe(
      "takeover.nobody-asks",
    );
    expect(await sara.post(`/supervision/telephones/${desk(0).id}/give`, { agentId: luca.id })).toEqual({
      outcome: "given",
    });
    expect((await as.luca.get<Session>("/session")).telephone.id).toBe(desk(0).id);
  });
});

describe("a second desktop", () => {
  it("shows the same session, where the house lets both be", async () => {
    const [one, two] = [await live(as.anna), await live(await server.signIn("anna"))];
    expect(two.state.session?.id).toBe(one.state.session?.id);
    expect(one.closed).toBeNull();
  });

  it("is turned away with where and since when, until the first has gone", async () => {
    const second = await server.signIn("anna");
    const first = await live(as.anna);
    await server.admin.patch("/settings", { secondLogin: "refuse" });
    const refused = await server.admin.refused("POST", "/sign-in", { username: "anna", password: PASSWORD });
    expect(refused).toMatchObject({ status: 409, code: "sign-in.elsewhere", address: "127.0.0.1" });
    expect(refused.title).toMatch(/^You are signed in at 127\.0\.0\.1 since \d\d:\d\d\. Sign out there first\.$/);
    expect((await server.admin.refused("POST", "/sign-in", { username: "anna", password: "a wrong one" })).code).toBe(
      "sign-in.refused",
    );
    expect((await openLine(server.url, second.token)).closed).toBe(4409);
    // Another window of the same browser is the same desktop.
    expect((await live(as.anna)).closed).toBeNull();
    for (const line of lines) line.close();
    await until("she has gone", () => !server.house.services.desktops.connected(anna.id));
    expect((await live(second)).closed).toBeNull();
    expect(first.closed).not.toBeNull();
  });

  it("signs the first one out, and goes on with the session", async () => {
    await server.admin.patch("/settings", { secondLogin: "end-other" });
    const first = await live(as.anna);
    const session = first.state.session?.id;
    const here = await server.signIn("anna");
    expect(first.closed).toBeNull();
    const second = await live(here);
    await until("the first is told", () => first.closed === 4410);
    await until("it is signed out", async () => (await as.anna.ask("GET", "/session")).status === 401);
    expect(second.state.session?.id).toBe(session);
    expect(second.closed).toBeNull();
    expect((await here.get<Session>("/session")).unattendedSince).toBeNull();
  });
});

describe("what is set up otherwise while it is in use", () => {
  it("an agent without hotdesk any more leaves the shared telephone, after his call", async () => {
    const line = await live(as.anna);
    const leg = server.fake.dial({ from: "desk0", exten: "0555" });
    await until("the call is known", () => server.house.services.registration.onCall("desk0"));
    await server.admin.patch(`/agents/${anna.id}`, { hotdesk: false });
    await until("it ends with the call", () => line.state.session?.endsWithCall?.reason === "staff-changed");
    server.fake.hangUp(leg);
    await until("she is told", () => line.state.ended?.reason === "staff-changed");
    expect(members()).toEqual([]);
    await until("her switch is known", () => !line.state.me.hotdesk);
    await until("the shared telephones are gone from her list", () => line.state.choices?.telephones.length === 0);
    await server.admin.patch(`/agents/${anna.id}`, { hotdesk: true });
    await until("they are there again", () => line.state.choices?.telephones.length === 2);
    await untilTrue(line, server.url, as.anna.token);
  });

  it("a remote agent sits at no telephone", async () => {
    await server.admin.patch(`/agents/${anna.id}`, { hotdesk: false, typology: "remote" });
    await over(as.anna);
    expect(members()).toEqual([]);
  });

  it("a telephone that becomes another's own ends the session of who sits there; one that becomes his does not", async () => {
    await server.admin.patch(`/telephones/${desk(0).id}`, { ownerAgentId: anna.id });
    expect((await as.anna.get<Session>("/session")).telephone.id).toBe(desk(0).id);
    await server.admin.patch(`/telephones/${desk(0).id}`, { ownerAgentId: luca.id });
    await over(as.anna);
    await server.admin.patch(`/telephones/${desk(0).id}`, { ownerAgentId: null });
  });

  it("an agent's new name is in the queues, in the list and on his own screen", async () => {
    const [line, other] = [await live(as.anna), await live(as.luca)];
    await server.admin.patch(`/agents/${anna.id}`, { fullName: "Anna Verdi" });
    await until("the queues have it", () => members().join() === "Anna Verdi desk0 false", { timeoutMs: 15_000 });
    await until("the list has it", () => other.state.choices?.telephones[0]?.heldBy?.name === "Anna Verdi");
    await until("she sees it", () => line.state.me.fullName === "Anna Verdi");
    await server.admin.patch(`/agents/${anna.id}`, { fullName: "Anna Rossi" });
    await untilTrue(line, server.url, as.anna.token);
  });

  it("a telephone's new name is on the screen of who sits there", async () => {
    const line = await live(as.anna);
    await server.admin.patch(`/telephones/${desk(0).id}`, { fullName: "Window" });
    await until("she sees it", () => line.state.session?.telephone.name === "Window");
    await server.admin.patch(`/telephones/${desk(0).id}`, { fullName: "Desk 0" });
  });

  it("a queue that is renamed or removed, or an agent's queues, follow without an end", async () => {
    const extra = await server.admin.post<Queue>("/queues", { name: "extra" });
    await server.admin.patch(`/agents/${anna.id}`, { queues: [queue.id, extra.id] });
    await until("she serves both", () => members().length === 2, { timeoutMs: 15_000 });
    await server.admin.patch(`/queues/${extra.id}`, { name: "more" });
    await server.admin.remove(`/queues/${extra.id}`);
    await until("she serves one", () => members().join() === "Anna Rossi desk0 false", { timeoutMs: 15_000 });
    expect((await as.anna.get<Session>("/session")).state).toBe("ready");
  });

  it("an agent who is switched off or removed leaves nothing behind, nor does what he asked for", async () => {
    const gina = await server.make.agent({ username: "gina", queues: [queue.id] });
    const her = await server.signIn("gina");
    await live(her);
    await live(as.anna);
    await her.post(`/telephones/${desk(0).id}/ask`, undefined);
    await server.admin.remove(`/agents/${gina.id}`);
    await until("nobody asks any more", async () => (await as.anna.get<Session>("/session")).takeoverRequest === null);
    await server.admin.patch(`/agents/${anna.id}`, { enabled: false });
    await until("the members are gone", () => members().length === 0);
    await server.admin.patch(`/agents/${anna.id}`, { enabled: true });
    const left = await server.db.selectFrom("takeover_requests").where("closed_at", "is", null).select("id").execute();
    expect(left).toEqual([]);
    const ends = await server.db.selectFrom("session_endings").selectAll().execute();
    expect(ends).toEqual([]);
  });
});
