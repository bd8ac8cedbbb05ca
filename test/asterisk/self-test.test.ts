import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type { SelfTest } from "../../contract/telephones.ts";
import type { Telephone } from "../../contract/views.ts";
import { type HouseRig, startHouse } from "../rig/house-rig.ts";
import { until } from "../until.ts";

let house: HouseRig;
let desk: Telephone;

beforeAll(async () => {
  house = await startHouse();
  desk = await house.telephone("desk1", { internal: "101" });
  await house.telephone("desk2", { internal: "102", model: "baresip", plugged: false });
});
afterAll(() => house.stop());

const begin = (telephone: Telephone, answer?: string) =>
  house.admin.post<SelfTest>(`/telephones/${telephone.id}/self-test`, answer === undefined ? {} : { answer });
const newest = (telephone: Telephone) => house.admin.get<SelfTest>(`/telephones/${telephone.id}/self-test`);
const reaches = (telephone: Telephone, step: SelfTest["steps"][number]["id"]) =>
  until(
    `the test of ${telephone.username} is at ${step}`,
    async () => (await newest(telephone)).steps.some(({ id, state }) => id === step && state === "now"),
    { timeoutMs: 30_000 },
  );
const ends = (telephone: Telephone) =>
  until(
    `the test of ${telephone.username} is over`,
    async () => {
      const test = await newest(telephone);
      return test.outcome === null ? null : test;
    },
    { timeoutMs: 60_000 },
  );
const states = (test: SelfTest) => Object.fromEntries(test.steps.map(({ id, state }) => [id, state]));
const read = (telephone: Telephone) => house.admin.get<Telephone>(`/telephones/${telephone.id}`);

it("hears a telephone that is picked up and presses 5, and leaves no trace among the calls", async () => {
  const phone = house.phone("desk1");
  await begin(desk, "by-hand");
  await until("it rings", () => phone.state === "ringing", { timeoutMs: 15_000 });
  expect(phone.peer.name).toBe("Perch test");
  await expect(begin(desk)).rejects.toThrow(/tried out already/);
  await phone.accept();
  await reaches(desk, "keys");
  await phone.keys("5");
  const test = await ends(desk);
  expect(states(test)).toEqual({
    reachable: "passed",
    rings: "passed",
    answers: "passed",
    voice: "passed",
    keys: "passed",
    hold: "skipped",
  });
  expect(test.steps.find(({ id }) => id === "voice")?.words).toMatch(/^alaw: [1-9][0-9]* packets came/);
  await until("it is hung up", () => phone.state === "idle", { timeoutMs: 15_000 });
  const last = await until("it stands with the telephone", async () => (await read(desk)).lastTest ?? undefined);
  expect(last).toMatchObject({ outcome: "passed" });

  // A call that is one comes after it in the journal; then the test's lines have been read too.
  const other = await house.plug("desk2");
  await until("the other is registered", () => other.registered, { timeoutMs: 15_000 });
  await phone.dial("102");
  await until("the other rings", () => other.state === "ringing", { timeoutMs: 15_000 });
  await phone.hangUp();
  const rows = await house.rows(1);
  expect(rows.every(({ source }) => source === "101")).toBe(true);
  expect(JSON.stringify(rows)).not.toContain("perch-test");
});

it("is answered by a telephone that obeys the header of its model", async () => {
  const [second] = (await house.admin.get<Page<Telephone>>("/telephones?q=desk2")).rows;
  if (second === undefined) throw new Error("there is no desk2");
  await house.phone("desk2").stop();
  const phone = await house.plug("desk2", { obeysAutoAnswer: true });
  await until("it is registered", () => phone.registered, { timeoutMs: 15_000 });
  await until("Perch knows it", async () => (await read(second)).registered, { timeoutMs: 15_000 });
  await begin(second);
  await reaches(second, "keys");
  await phone.keys("5");
  expect(states(await ends(second))).toMatchObject({ answers: "passed", keys: "passed" });
});

it("says that nobody picked up, and stops ringing", async () => {
  const phone = house.phone("desk1");
  await begin(desk, "by-hand");
  const test = await ends(desk);
  expect(test.outcome).toBe("failed");
  expect(states(test)).toMatchObject({ rings: "passed", answers: "failed", keys: "skipped" });
  await until("it is silent again", () => phone.state === "idle", { timeoutMs: 15_000 });
  expect(await read(desk)).toMatchObject({ lastTest: { outcome: "failed" }, lastUnclean: null });
});

it("is broken off, and refused while a call goes on", async () => {
  const phone = house.phone("desk1");
  await begin(desk, "by-hand");
  await until("it rings", () => phone.state === "ringing", { timeoutMs: 15_000 });
  await house.admin.remove(`/telephones/${desk.id}/self-test`);
  await until("it is silent", () => phone.state === "idle", { timeoutMs: 15_000 });
  expect((await ends(desk)).outcome).toBe("broken-off");
  await phone.dial("102");
  await until("the other talks", () => house.phone("desk2").state !== "idle", { timeoutMs: 15_000 });
  await expect(begin(desk)).rejects.toThrow(/A call is going on/);
  await phone.hangUp();
});

it("fails at once where nothing is registered", async () => {
  const gone = await house.telephone("desk3", { plugged: false });
  const test = await begin(gone);
  expect(test.outcome).toBe("failed");
  expect(states(test)).toMatchObject({ reachable: "failed", rings: "skipped" });
});
