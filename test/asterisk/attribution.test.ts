import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type { Agent, Disposition, Leg, Queue, ReportCallRow, Telephone, ToDispose, Why } from "../../contract/views.ts";
import type { Api } from "../../demo/api.ts";
import { booksBalance } from "../rig/books-balance.ts";
import { type HouseRig, startHouse } from "../rig/house-rig.ts";
import type { SippParty } from "../rig/sipp-caller.ts";
import { until } from "../until.ts";

const NUMBER = "+390550001001";

let house: HouseRig;
let support: Queue;
let anna: Agent;
let desk: Telephone;
let api: Api;

beforeAll(async () => {
  house = await startHouse();
  support = await house.queue("Support", NUMBER, { ringSeconds: 5 });
  anna = await house.agent("anna", "Anna Rossi", [support]);
  desk = await house.telephone("desk-1", { fullName: "Desk 1", internal: "101" });
  const solved = await house.admin.post<Disposition>("/dispositions", { name: "Solved" });
  await house.admin.post("/dispositions", { name: "At once", parentId: solved.id });
  api = await house.logIn("anna", desk);
});
afterAll(() => house.stop());

/** A caller rings the desk; answered on the phone, he hangs up when told. */
async function answered(): Promise<{ caller: SippParty; leg: Leg }> {
  const caller = await house.caller(NUMBER);
  const phone = house.phone("desk-1");
  await until("the desk rings", () => phone.state === "ringing", { timeoutMs: 10_000 });
  const leg = await until("the desktop knows it", async () => (await api.get<Page<Leg>>("/calls/current")).rows[0]);
  await phone.accept();
  await until("the caller hears the answer", () => phone.state === "talking" && caller.has("answered"));
  return { caller, leg };
}

async function ended(caller: SippParty): Promise<void> {
  caller.hangUp();
  await caller.done;
  await until("the desk is idle", () => house.phone("desk-1").state === "idle");
}

async function rowOf(legId: string): Promise<ReportCallRow> {
  return await until(
    "the call stands in the report",
    async () => {
      const { rows } = await house.admin.get<Page<ReportCallRow>>("/reports/report-call");
      return rows.find((row) => row.legId === legId && row.endedAt !== null);
    },
    { timeoutMs: 15_000 },
  );
}

const why = (row: ReportCallRow) => house.admin.get<Why>(`/reports/report-call/${encodeURIComponent(row.id)}/why`);

describe("whose call it is", () => {
  it("is the telephone's until the agent disposes it, and then the agent's", async () => {
    const { caller, leg } = await answered();
    expect(leg).toMatchObject({
      telephoneId: desk.id,
      state: "ringing",
      number: "+390555550101",
      name: "Maria Bianchi",
      queue: { id: support.id, name: "Support" },
    });
    await ended(caller);
    const undisposed = await rowOf(leg.legId);
    expect(undisposed).toMatchObject({
      type: "inbound",
      source: "+390555550101",
      destination: NUMBER,
      disposition: "ANSWERED",
      queue: "Support",
      userId: desk.id,
      userKind: "telephone",
      userName: "Desk 1",
      telephoneId: desk.id,
      seatedAgentId: anna.id,
      endedBy: "caller",
      userDisposition: null,
    });
    expect((await api.get<Page<ReportCallRow>>("/voice-calls")).rows).toEqual([]);
    const waiting = await api.get<Page<ToDispose>>("/calls/to-dispose");
    expect(waiting.rows.map((each) => each.legId)).toEqual([leg.legId]);

    await api.post(`/calls/${leg.legId}/disposition`, { disposition: ["Solved", "At once"], note: "Reset it." });
    const disposed = await rowOf(leg.legId);
    expect(disposed).toEqual({
      ...undisposed,
      userId: anna.id,
      userKind: "agent",
      userName: "Anna Rossi",
      userDisposition: "Solved",
      userSecondDisposition: "At once",
      note: "Reset it.",
    });
    expect((await api.get<Page<ReportCallRow>>("/voice-calls")).rows.map((row) => row.legId)).toEqual([leg.legId]);
    expect((await api.get<Page<ToDispose>>("/calls/to-dispose")).rows).toEqual([]);
    const { lease, disposition, journal, sentences } = await why(disposed);
    expect(lease).toMatchObject({ agentId: anna.id, agentName: "Anna Rossi" });
    expect(disposition).toMatchObject({ agentId: anna.id, path: ["Solved", "At once"] });
    expect(journal.length).toBeGreaterThan(10);
    expect(sentences.join(" ")).toContain("Anna Rossi");
  });

  it("can be settled while the call is still going on", async () => {
    const { caller, leg } = await answered();
    await api.post(`/calls/${leg.legId}/disposition`, { disposition: ["Solved"] });
    await ended(caller);
    expect(await rowOf(leg.legId)).toMatchObject({ userId: anna.id, userKind: "agent", userDisposition: "Solved" });
  });

  it("is nobody's when the caller hangs up while it rings", async () => {
    const caller = await house.caller(NUMBER);
    await until("the desk rings", () => house.phone("desk-1").state === "ringing", { timeoutMs: 10_000 });
    const before = (await house.admin.get<Page<ReportCallRow>>("/reports/report-call")).rows.length;
    await ended(caller);
    const [row] = await house.rows(before + 1);
    expect(row).toMatchObject({
      type: "inbound",
      disposition: "NO ANSWER",
      answeredAt: null,
      queue: "Support",
      userId: null,
      userKind: null,
      endedBy: "caller",
    });
    expect((await api.get<Page<Leg>>("/calls/current")).rows).toEqual([]);
    expect((await api.get<Page<ToDispose>>("/calls/to-dispose")).rows).toEqual([]);
  });

  it("goes to whoever answers when the first does not", async () => {
    const other = await house.telephone("desk-2", { fullName: "Desk 2" });
    await house.agent("bruno", "Bruno Gatti", [support]);
    const before = (await house.admin.get<Page<ReportCallRow>>("/reports/report-call")).rows.length;
    const caller = await house.caller(NUMBER);
    const desk1 = house.phone("desk-1");
    await until("the desk rings", () => desk1.state === "ringing", { timeoutMs: 10_000 });
    await until("the desk gives up", () => desk1.state === "idle", { timeoutMs: 15_000 });
    // Anna pauses and Bruno sits down: nobody but he can be rung now.
    await house.admin.post("/pauses", { name: "Coffee" });
    await api.post("/session/pause", { reason: "Coffee" });
    await house.logIn("bruno", other);
    const desk2 = house.phone("desk-2");
    await until("the other desk rings", () => desk2.state === "ringing", { timeoutMs: 15_000 });
    expect(desk1.state).toBe("idle");
    await desk2.accept();
    await until("they talk", () => desk2.state === "talking");
    caller.hangUp();
    await caller.done;
    const rows = await house.rows(before + 1);
    expect(rows).toHaveLength(before + 1);
    expect(rows[0]).toMatchObject({ disposition: "ANSWERED", userId: other.id, userKind: "telephone" });
    await api.remove("/session/pause");
  });
});

it("leaves books that balance", () => booksBalance(house.admin));
