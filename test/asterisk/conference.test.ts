import { afterAll, beforeAll, expect, it } from "vitest";
import type {
  Flow,
  FlowBlock,
  Project,
  ProjectDraft,
  ProjectRun,
  ProjectRunDetails,
  ProjectTraffic,
  RecordingRow,
} from "../../contract/views.ts";
import { asked, hears, over, type ScenarioHouse, startScenarioHouse, talking } from "../rig/scenario-house.ts";
import type { SipCall } from "../rig/sip/sip-call.ts";
import { until } from "../until.ts";

let scene: ScenarioHouse;
let numbers = 0;

beforeAll(async () => {
  scene = await startScenarioHouse();
}, 120_000);
afterAll(() => scene.stop());

const at = { x: 0, y: 0 };
const block = (id: string, type: string, options: FlowBlock["options"], exits: FlowBlock["exits"]): FlowBlock => ({
  ...{ id, type, options, exits, at },
});
const bye = block("bye", "hang-up", { say: [] }, {});
const room = (more: object) =>
  block(
    "room",
    "conference",
    {
      ...{ say: [], room: "Sales", pin: "", askPin: [{ digits: "1" }], wait: 20, rounds: 2, most: 30, music: true },
      ...{ key: "#", records: false },
      ...more,
    },
    { left: "after", full: "bye", "wrong-pin": "bye", unavailable: "bye" },
  );
const after = block("after", "play", { say: [{ digits: "7" }], canSkip: false }, { next: "bye" });

/** Publishes a project behind a number of its own. */
async function projectBehind(...blocks: FlowBlock[]): Promise<{ id: number; number: string }> {
  numbers += 1;
  const { admin } = scene.house;
  const { id } = await admin.post<Project>("/projects", { name: `Project ${numbers}` });
  const start = block("start", "start", {}, { next: "answer" });
  const answer = block("answer", "answer", { pause: 0 }, { next: blocks[0]?.id ?? "" });
  const flow: Flow = { blocks: [start, answer, ...blocks, after, bye], notes: [] };
  const draft = await admin.put<ProjectDraft>(`/projects/${id}/draft`, { revision: 1, flow });
  expect(draft.issues.filter(({ severity }) => severity === "error")).toEqual([]);
  await admin.post(`/projects/${id}/publish`, {});
  const number = `+3905500040${String(numbers).padStart(2, "0")}`;
  await admin.post("/inbound-routes", { number, actions: [{ project: id }] });
  return { id, number };
}

/** The ways of all who have been there, the first first. */
async function ways(id: number, many: number): Promise<ProjectRunDetails[]> {
  const ended = await until("the runs are written down", async () => {
    const { rows } = await scene.house.admin.get<{ rows: ProjectRun[] }>(`/projects/${id}/runs`);
    const over = rows.filter(({ endedAt }) => endedAt !== null);
    return over.length === many ? over : undefined;
  });
  return Promise.all(
    ended.toReversed().map((run) => scene.house.admin.get<ProjectRunDetails>(`/project-runs/${run.id}`)),
  );
}
const inRoom = async (id: number, many: number) =>
  until(
    `${many} are in the room`,
    async () => {
      const now = Date.now();
      const day = { from: new Date(now - 3_600_000).toISOString(), to: new Date(now + 3_600_000).toISOString() };
      const { now: callers } = await scene.house.admin.get<ProjectTraffic>(
        `/projects/${id}/traffic?${new URLSearchParams(day)}`,
      );
      return callers.find((one) => one.block === "room")?.callers === many;
    },
    { timeoutMs: 20_000 },
  );
/** He hears the music of an empty room: only then does it listen to keys. */
const alone = (call: SipCall) => asked(call, call.soundAt);
const exitOf = (run: ProjectRunDetails) => run.path.find((step) => step.block === "room");

it("two talk in a room, and who presses its key goes on", async () => {
  const { id, number } = await projectBehind(room({}));
  const caller = scene.customer(number);
  await talking(caller);
  const desk = scene.desk(4).dial(number);
  await talking(desk);
  await hears(caller, scene.desk(4));
  await hears(desk, scene.outside);
  await caller.press("#");
  await over(caller);
  await inRoom(id, 1);
  await desk.hangUp();
  const [first, second] = await ways(id, 2);
  const runs = [first, second].filter((one) => one !== undefined);
  const left = runs.find(({ caller: from }) => from === "+390555550101");
  expect(left?.path.slice(2).map(({ block: of, input, exit }) => [of, input, exit])).toEqual([
    ["room", "sales", "left"],
    ["after", null, "next"],
    ["bye", null, null],
  ]);
  const gone = runs.find((one) => one !== left);
  expect([gone?.ending, exitOf(gone as ProjectRunDetails)?.exit]).toEqual(["caller-left", null]);
});

it("nobody is let in above its most", async () => {
  const { id, number } = await projectBehind(room({ room: "small {dialled}", most: 2 }));
  const [one, two] = [scene.customer(number), scene.desk(4).dial(number)];
  await talking(one);
  await talking(two);
  await inRoom(id, 2);
  await hears(one, scene.desk(4));
  const third = scene.desk(5).dial(number);
  await over(third);
  await two.hangUp();
  await inRoom(id, 1);
  const fourth = scene.desk(5).dial(number);
  await talking(fourth);
  await hears(fourth, scene.outside);
  await Promise.all([one.hangUp(), fourth.hangUp()]);
  const exits = (await ways(id, 4)).map((run) => exitOf(run)?.exit);
  expect(exits.filter((exit) => exit === "full")).toHaveLength(1);
  expect(exits.filter((exit) => exit === null)).toHaveLength(3);
});

it("its PIN is asked for, may stand in a variable, and is written down nowhere", async () => {
  const set = block("set", "set-variable", { set: [{ variable: "code", value: "4711" }] }, { next: "room" });
  const { id, number } = await projectBehind(set, room({ room: "board", pin: "{code}" }));
  const wrong = scene.customer(number);
  await talking(wrong);
  await asked(wrong, 0);
  await wrong.press("1234#");
  await wrong.press("9999#");
  await over(wrong);
  const right = scene.customer(number);
  await talking(right);
  await asked(right, 0);
  await right.press("4711#");
  await inRoom(id, 1);
  await alone(right);
  await right.press("#");
  await over(right);
  const runs = await ways(id, 2);
  expect(runs.map((run) => exitOf(run)?.exit)).toEqual(["wrong-pin", "left"]);
  expect(JSON.stringify(runs)).not.toContain("1234");
});

it("where a variable should hold the PIN and holds none, and where a room has no name, nobody gets in", async () => {
  const closed = await projectBehind(room({ room: "board", pin: "{gone}", rounds: 1, wait: 1 }));
  const caller = scene.customer(closed.number);
  await over(caller);
  expect(exitOf((await ways(closed.id, 1))[0] as ProjectRunDetails)?.exit).toBe("wrong-pin");
  const nameless = await projectBehind(room({ room: "{gone} ,h)" }), block("unused", "answer", {}, { next: "bye" }));
  const odd = scene.customer(nameless.number);
  await inRoom(nameless.id, 1);
  await alone(odd);
  await odd.press("#");
  await over(odd);
  // What is left of such a name is a name, although Asterisk has an extension of its own that is called so.
  const [run] = await ways(nameless.id, 1);
  expect(run?.path.find((step) => step.block === "room")).toMatchObject({ input: "h", exit: "left" });
});

it("who is there stays while Perch is restarted, and goes on in the exit that was taken", async () => {
  const { id, number } = await projectBehind(room({ room: "lasting" }));
  const caller = scene.customer(number);
  const desk = scene.desk(4).dial(number);
  await talking(caller);
  await talking(desk);
  await hears(caller, scene.desk(4));
  await scene.house.stopPerch();
  caller.forgetVoices();
  await hears(caller, scene.desk(4));
  await scene.house.startPerch();
  await caller.press("#");
  await over(caller);
  const [left] = await ways(id, 1);
  await desk.hangUp();
  expect(left?.path.slice(2).map(({ block: of, exit }) => [of, exit])).toEqual([
    ["room", "left"],
    ["after", "next"],
    ["bye", null],
  ]);
}, 120_000);

it("what is said there is recorded where the block says so, and only there", async () => {
  const { id, number } = await projectBehind(room({ room: "taped", records: true }));
  const caller = scene.customer(number, "+390555550177");
  const desk = scene.desk(4).dial(number);
  await talking(caller);
  await talking(desk);
  await hears(caller, scene.desk(4));
  await hears(desk, scene.outside);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await caller.press("#");
  await over(caller);
  await desk.hangUp();
  await ways(id, 2);
  const { rows } = await until(
    "the recordings are kept",
    async () => {
      const found = await scene.house.admin.get<{ rows: RecordingRow[] }>("/recordings");
      return found.rows.length >= 2 ? found : undefined;
    },
    { timeoutMs: 60_000 },
  );
  expect(rows).toHaveLength(2);
}, 120_000);
