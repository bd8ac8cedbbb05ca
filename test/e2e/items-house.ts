import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Page as Listed } from "../../contract/page.ts";
import type { Disposition, FlowBlock, Item, Project, ProjectDraft, Queue, Trunk } from "../../contract/views.ts";
import { freePort } from "../rig/free-port.ts";
import { type HouseRig, OUTSIDE, PASSWORD } from "../rig/house-rig.ts";
import { asked, over, talking } from "../rig/scenario-house.ts";
import { SipPhone } from "../rig/sip/sip-phone.ts";
import { until } from "../until.ts";
import { startBrowserAndHouse } from "./browser.ts";
import { drawn } from "./designer-hands.ts";

export const MARIA = "+390555550101";
export const SUPPORT = "+390550001001";
const MESSAGES = "+390550001002";
const CALLBACKS = "+390550001003";

/**
 * A house with two agents in one queue and a supervisor, in which callers leave messages and ask to be called back, and
 * all who are outside.
 */
export async function startItemsHouse() {
  const sipPort = await freePort();
  const [browser, house] = await startBrowserAndHouse({ sipPort });
  const { admin } = house;
  const support = await house.queue("Support", SUPPORT);
  await house.agent("anna", "Anna Rossi", [support]);
  await house.agent("luca", "Luca Neri", [support]);
  await admin.post("/users", { fullName: "Teresa Sala", username: "teresa", password: PASSWORD, role: "supervisor" });
  await house.telephone("desk-1", { fullName: "Desk 1" });
  const solved = await admin.post<Disposition>("/dispositions", { name: "Solved" });
  await admin.post<Disposition>("/dispositions", { name: "At once", parentId: solved.id });
  const list = await admin.post<{ id: number }>("/contact-lists", { name: "Customers" });
  await admin.post("/contacts", { listId: list.id, fullName: "Maria Bianchi", numbers: [MARIA] });
  const [trunk] = (await admin.get<Listed<Trunk>>("/trunks")).rows;
  if (trunk === undefined) throw new Error("the house has no trunk");
  await admin.post("/outbound-routes", { name: "Outside", pattern: "+X.", trunkId: trunk.id });
  await projectsBehind(house, support);
  const server = { host: "127.0.0.1", port: sipPort };
  const outside = await SipPhone.start({
    ...{ username: "outside", password: null, server, host: OUTSIDE, port: trunk.port },
  });
  const items = async () => (await admin.get<Listed<Item>>("/items")).rows;
  return {
    browser,
    house,
    support,
    outside,
    items,
    /** Somebody calls, speaks for a second and ends it by a key; answers the item that comes of it. */
    async message(from: string): Promise<Item> {
      const before = new Set((await items()).map(({ id }) => id));
      const call = outside.dial(MESSAGES, from);
      await talking(call);
      await until("he speaks for a second and more", () => takenBytes(house) > 24_000, { timeoutMs: 60_000 });
      await call.press("#");
      await over(call);
      return until("the message is an item", async () => (await items()).find(({ id }) => !before.has(id)), {
        timeoutMs: 60_000,
      });
    },
    /** Somebody calls and wants to be called back at the number he calls from. */
    async asksToBeCalled(from: string): Promise<void> {
      const since = Date.now();
      const call = outside.dial(CALLBACKS, from);
      await talking(call);
      await asked(call, since);
      await call.press("1");
      await over(call);
    },
    async stop() {
      await browser.close();
      await outside.stop();
      await house.stop();
    },
  };
}
export type ItemsHouse = Awaited<ReturnType<typeof startItemsHouse>>;

async function projectsBehind(house: HouseRig, { id: queue }: Queue): Promise<void> {
  const message = { queue, say: [], longest: 60, least: 1, silence: 0, ends: "hash", review: false };
  await behind(house, MESSAGES, "voicemail", message, ["done", "too-short"]);
  const callback = { queue, number: "calling", say: [], wait: 10, rounds: 3, tell: false };
  const ways = ["done", "no-number", "not-allowed", "already-asked", "no-input"];
  await behind(house, CALLBACKS, "callback", callback, ways);
}

/** Publishes a project of one block behind a number. */
async function behind(
  house: HouseRig,
  number: string,
  type: string,
  options: FlowBlock["options"],
  exits: string[],
): Promise<void> {
  const at = { x: 0, y: 0 };
  const draft = await drawn(house, type, ({ blocks: [start] }: ProjectDraft["flow"]) => ({
    notes: [],
    blocks: [
      { ...start, exits: { next: "answer" } },
      { id: "answer", type: "answer", options: {}, exits: { next: "does" }, at },
      { ...{ id: "does", type, options, at }, exits: Object.fromEntries(exits.map((exit) => [exit, "bye"])) },
      { id: "bye", type: "hang-up", options: { say: [] }, exits: {}, at },
    ],
  }));
  expect(draft.issues).toEqual([]);
  const project = (await house.admin.get<Listed<Project>>("/projects")).rows.find(({ name }) => name === type);
  await house.admin.post(`/projects/${project?.id}/publish`, {});
  await house.admin.post("/inbound-routes", { number, actions: [{ project: project?.id }] });
}

/** How much voice of callers lies on the disk, 16,000 bytes a second. */
function takenBytes(house: HouseRig): number {
  const folder = join(house.home, "asterisk", "var", "voices", "taken");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".wav"))
    .reduce((sum, file) => sum + (statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0), 0);
}
