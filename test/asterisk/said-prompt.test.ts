import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type { Prompt, PromptCall, ReportCallRow, Telephone } from "../../contract/views.ts";
import { heard } from "../rig/heard.ts";
import { type HouseRig, startHouse } from "../rig/house-rig.ts";
import { toneFile } from "../rig/tone-file.ts";
import { until } from "../until.ts";

let house: HouseRig;
let desk: Telephone;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "perch-said-"));
  house = await startHouse();
  await house.telephone("desk1", { fullName: "Desk 1", internal: "101", plugged: false });
  const phone = await house.plug("desk1", { speaks: toneFile(join(folder, "tone.wav"), 440, 60) });
  await until("it is registered", () => phone.registered, { timeoutMs: 15_000 });
  desk = await until("Perch knows it", async () =>
    (await house.admin.get<Page<Telephone>>("/telephones")).rows.find(({ registered }) => registered),
  );
});
afterAll(async () => {
  await house?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const make = (name: string) => house.admin.post<Prompt>("/prompts", { name });
const ring = ({ id }: Prompt, telephoneId = desk.id) =>
  house.admin.post<PromptCall>(`/prompts/${id}/voices/it/call`, { telephoneId });
const reaches = (call: PromptCall, state: PromptCall["state"]) =>
  until(
    `the call is ${state}`,
    async () => {
      const now = await house.admin.get<PromptCall>(`/prompts/calls/${call.id}`);
      return now.state === state ? now : null;
    },
    { timeoutMs: 60_000 },
  );
/** What was recorded until now, in bytes. */
const recorded = ({ id }: PromptCall) => {
  const file = join(house.home, "asterisk", "var", "voices", "said", `said-${id}.wav`);
  return existsSync(file) ? statSync(file).size : 0;
};

it("is said on a telephone, kept by a key, and stands in no report", async () => {
  const prompt = await make("Said");
  const call = await ring(prompt);
  expect(call).toMatchObject({ state: "ringing", telephone: "Desk 1", language: "it" });
  const phone = house.phone("desk1");
  await until("it rings", () => phone.state === "ringing", { timeoutMs: 15_000 });
  await phone.accept();
  await reaches(call, "talking");
  await until("two seconds are recorded", () => recorded(call) > 32_000, { timeoutMs: 60_000 });
  await phone.keys("#");
  // A key that comes before it is asked for is not heard.
  await until(
    "it is kept",
    async () => {
      await phone.keys("1");
      const laterMs = performance.now() + 2000;
      const { state } = await until("it is kept, or not yet", async () => {
        const now = await house.admin.get<PromptCall>(`/prompts/calls/${call.id}`);
        return now.state === "kept" || performance.now() > laterMs ? now : null;
      });
      return state === "kept";
    },
    { timeoutMs: 60_000 },
  );
  const { voices } = await house.admin.get<Prompt>(`/prompts/${prompt.id}`);
  expect(voices).toMatchObject([{ language: "it", source: "telephone", fileName: null, text: null }]);
  const answer = await fetch(`${house.address}/api/v1/prompts/${prompt.id}/voices/it/audio`, {
    headers: { authorization: `Bearer ${house.admin.token}` },
  });
  const ear = heard(Buffer.from(await answer.arrayBuffer()), "wav");
  expect(ear.tone("house", 440, 100, Math.min(ear.lengthMs, 600))).toBeGreaterThan(1500);
  await until("it is hung up", () => phone.state === "idle", { timeoutMs: 30_000 });
  expect((await house.admin.get<Page<ReportCallRow>>("/reports/report-call")).rows).toEqual([]);
});

it("keeps nothing of whoever hangs up, and says so", async () => {
  const prompt = await make("Hung up");
  const call = await ring(prompt);
  const phone = house.phone("desk1");
  await until("it rings", () => phone.state === "ringing", { timeoutMs: 15_000 });
  await phone.accept();
  await reaches(call, "talking");
  await expect(ring(prompt)).rejects.toThrow("A prompt is being said on Desk 1 already.");
  await phone.hangUp();
  expect(await reaches(call, "over")).toMatchObject({ why: "It was hung up before it was kept." });
  expect((await house.admin.get<Prompt>(`/prompts/${prompt.id}`)).voices).toEqual([]);
});

it("is refused on a telephone that cannot ring", async () => {
  const prompt = await make("Nowhere");
  await expect(ring(prompt, 999_999)).rejects.toThrow("There is no such telephone.");
  const away = await house.telephone("desk2", { fullName: "Desk 2", plugged: false });
  await expect(ring(prompt, away.id)).rejects.toThrow("Desk 2 is not registered: it cannot ring.");
});
