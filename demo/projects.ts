import type { Flow, FlowBlock } from "../contract/flow.ts";
import type { Project } from "../contract/views.ts";
import type { Api } from "./api.ts";

/** Behind it the reception asks what a caller wants; any telephone of the house may dial it. */
const RECEPTION_NUMBER = "+390550001000";
/** Behind it agents log in and out, pause and hear their queues, from any telephone. */
const AGENTS_NUMBER = "+390550001009";

const block = (
  id: string,
  type: string,
  [x, y]: [number, number],
  exits: FlowBlock["exits"] = {},
  options: FlowBlock["options"] = {},
): FlowBlock => ({ id, type, at: { x, y }, exits, options });
const say = (text: string) => [{ text }];
const all = (names: string, to: string) => Object.fromEntries(names.split(" ").map((name) => [name, to]));

const ANSWERED = { say: [], priority: 0, timeout: 60, keys: "0", hears: "music", comesBack: false };

/** The telephones on the desk say nothing: silence does not end a message here. */
const MESSAGE = { say: [], longest: 120, least: 2, silence: 0, ends: "hash", review: true };

/** One key, one queue; whoever waits too long, or presses 0, leaves a message for its agents. */
function reception(queueIds: ReadonlyMap<string, number>): Flow {
  const queues = [...queueIds];
  const keys = queues.map(([name], index) => ({ key: String(index + 1), label: name }));
  const words = queues.map(([name], index) => `For ${name}, press ${index + 1}.`).join(" ");
  return {
    notes: [{ id: "note", text: "The main number. Try it out on the right, or dial it.", at: { x: 0, y: -160 } }],
    blocks: [
      block("start", "start", [0, 0], { next: "answer" }),
      block("answer", "answer", [260, 0], { next: "menu" }, { pause: 0 }),
      block(
        "menu",
        "menu",
        [520, 0],
        {
          ...Object.fromEntries(queues.map((_, index) => [String(index + 1), `queue-${index + 1}`])),
          ...all("no-input invalid", "queue-1"),
        },
        { say: say(`Welcome. ${words}`), keys, wait: 6, rounds: 2, sayInvalid: say("Nothing is behind this key.") },
      ),
      ...queues.map(([, id], index) =>
        block(
          `queue-${index + 1}`,
          "queue",
          [840, -180 + index * 220],
          { ...all("timeout key unavailable", `message-${index + 1}`), talked: "bye" },
          { ...ANSWERED, queue: id },
        ),
      ),
      ...queues.map(([, id], index) =>
        block(`message-${index + 1}`, "voicemail", [1160, -180 + index * 220], all("done too-short", "bye"), {
          ...MESSAGE,
          queue: id,
        }),
      ),
      block("bye", "hang-up", [1480, 0], {}, { say: [] }),
    ],
  };
}

const WHO = { ask: "ask", variable: "agent", prefill: true };
const REFUSED = "unknown-agent wrong-pin locked no-input not-permitted unavailable";

/** Who he is, then what he wants, until he hangs up. */
const AGENTS_FLOW: Flow = {
  notes: [{ id: "note", text: "For agents: number and PIN, then the keys.", at: { x: 0, y: -160 } }],
  blocks: [
    block("start", "start", [0, 0], { next: "answer" }),
    block("answer", "answer", [260, 0], { next: "login" }, { pause: 0 }),
    block(
      "login",
      "agent-login",
      [520, 0],
      { ...all("done already-logged-in", "menu"), ...all(`${REFUSED} telephone-in-use`, "bye") },
      { ...WHO, announce: true },
    ),
    block(
      "menu",
      "menu",
      [840, 0],
      { "1": "pause", "2": "ready", "3": "status", "4": "dispose", "9": "logout", ...all("no-input invalid", "bye") },
      {
        say: say("To pause, press 1. To be ready, 2. For your queues, 3. For the outcome of a call, 4. To log out, 9."),
        keys: ["Pause", "Ready", "Status", "Dispose", "Log out"].map((label, index) => ({
          key: label === "Log out" ? "9" : String(index + 1),
          label,
        })),
        ...{ wait: 15, rounds: 3, sayInvalid: [] },
      },
    ),
    block(
      "pause",
      "agent-pause",
      [1160, -620],
      { ...all("done no-such-reason not-logged-in", "menu"), ...all(REFUSED, "bye") },
      { ...WHO, reason: "ask", name: "", announce: true },
    ),
    block(
      "ready",
      "agent-unpause",
      [1160, -310],
      { ...all("done not-logged-in", "menu"), ...all(REFUSED, "bye") },
      { ...WHO, announce: true },
    ),
    block(
      "status",
      "agent-status",
      [1160, -20],
      { ...all("ready paused not-logged-in", "menu"), ...all("unknown-agent wrong-pin locked no-input", "bye") },
      { ...WHO, queues: true },
    ),
    block(
      "dispose",
      "agent-dispose",
      [1160, 240],
      { ...all("done nothing invalid", "menu"), ...all(REFUSED, "bye") },
      WHO,
    ),
    block("logout", "agent-logout", [1160, 560], all(`done not-logged-in ${REFUSED}`, "bye"), {
      ...WHO,
      announce: true,
    }),
    block("bye", "hang-up", [1480, 120], {}, { say: [] }),
  ],
};

/** Draws and publishes the demo's projects, each behind its number. */
export async function drawProjects(api: Api, queueIds: ReadonlyMap<string, number>): Promise<void> {
  const drawn: [string, string, string, Flow][] = [
    ["Reception", "Asks callers what they want", RECEPTION_NUMBER, reception(queueIds)],
    ["Agents by phone", "Agents log in, pause and log out by telephone", AGENTS_NUMBER, AGENTS_FLOW],
  ];
  for (const [name, description, number, flow] of drawn) {
    const { id, revision } = await api.post<Project>("/projects", { name, description });
    await api.put(`/projects/${id}/draft`, { revision, flow });
    await api.post(`/projects/${id}/publish`, { note: "As furnished" });
    await api.post("/inbound-routes", { number, actions: [{ project: id }] });
  }
}
