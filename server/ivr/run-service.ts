import type { Flow } from "../../contract/flow.ts";
import type { ProjectRunDetails, ProjectTraffic, RunEnding, RunStep } from "../../contract/project-views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type {
  DialOutcome,
  QueueOutcome,
  RoomOutcome,
  VoiceDialogue,
  VoiceHandler,
  VoiceLanguage,
} from "../voice-dialogue.ts";
import type { BlockDefinition } from "./block.ts";
import type { BlockHouse } from "./block-house.ts";
import type { Caller } from "./caller.ts";
import { AFTER_CALL_MS, type FlowRun, freshRun, type LedProject, leadRun, type RunDeps } from "./flow-run.ts";
import { guardedHouse } from "./guarded-house.ts";
import { type LiveRun, liveCounts, summedExits } from "./live-counts.ts";
import { findProject, findPublished, findVersion } from "./project-store.ts";
import { forgetWait, rememberWait } from "./queue-wait.ts";
import { createRunBook } from "./run-book.ts";
import {
  endLostRuns,
  findOpenRun,
  findRun,
  insertRun,
  type KeptRun,
  listRuns,
  type RunQuery,
  readTraffic,
  updateRun,
} from "./run-store.ts";
import { createVariables, type Variables } from "./variables.ts";

export interface RunService {
  start(): void;
  stop(): Promise<void>;
  /** Leads a caller whom the dial plan hands over through the project it names. */
  readonly handler: VoiceHandler;
  /** Leads its maker through a draft; `begun` is told where to look while it goes on. Counted nowhere. */
  leadTrial(
    dialogue: VoiceDialogue,
    trial: { projectId: number; flow: Flow; caller: string },
    begun: (run: FlowRun, variables: Variables) => void,
  ): Promise<RunEnding>;
  /** Runs that were under way and whose calls are over: they were cut off with us. */
  sweep(linkedIds: readonly string[]): Promise<void>;
  list(projectId: number, query: RunQuery): ReturnType<typeof listRuns>;
  get(id: number): Promise<ProjectRunDetails | Refusal>;
  /** How often exits were taken in a period, and who stands where now. */
  traffic(projectId: number, period: { from: Date; to: Date }): Promise<ProjectTraffic | Refusal>;
}

/** A call under way. */
interface Led extends LiveRun {
  variables: Variables;
}

/** Somebody goes through a draft. */
interface Trial {
  caller: string;
  begun(run: FlowRun, variables: Variables): void;
}

/** What has begun since is not in a state of the telephone system that was read just now. */
const FRESH_MS = 60_000;
/** In these a call may stay long: they are written down before, so that it can go on after a restart of ours. */
const LONG_STAYS = new Set(["queue", "dial-agent", "dial-telephone", "dial-number", "conference"]);

/** Leads callers through IVR projects and keeps where they went. */
export function createRunService(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  blocks: ReadonlyMap<string, BlockDefinition>;
  house: BlockHouse;
  language(): VoiceLanguage;
  callerOf(dialogue: VoiceDialogue): Caller;
  /** Removes the voices that a call left behind, wherever their names stand among its values. */
  removeVoices(variables: Variables): Promise<void>;
}): RunService {
  const { db, clock, log, blocks, house } = deps;
  const book = createRunBook({ db, clock, log });
  const live = new Set<Led>();
  /** What these did is counted here until it is written down: with what is done after the call. */
  const uncounted = new Set<Led>();
  let stopping = false;

  const projectOf = (projectId: number) => findPublished(db, projectId);

  const snapshot = (led: Led, ended: KeptRun["ended"]): KeptRun => {
    const { block, enteredAt, steps, project } = led.run;
    const variables = led.variables.all();
    if (ended !== null || block === null) return { ...led.kept, steps, variables, block: null, ended };
    const { id, type } = block;
    const open = { block: id, type, at: enteredAt.toISOString(), ms: 0, input: null, exit: null };
    const now: RunStep[] = [...steps, { ...open, projectId: project.projectId }];
    return { ...led.kept, steps: now, variables, block: id, ended };
  };

  /** Before a long stay: who waits is found again after a restart. */
  const keep = async (led: Led) => {
    const now = snapshot(led, null);
    // It has gone on to another project: that is where it is found again.
    const there = { ...now, projectId: led.run.project.projectId, version: led.run.project.version };
    if (led.id === null) led.id = await insertRun(db, there);
    else await updateRun(db, led.id, there);
  };

  const runDeps = (led: Led, caller: Caller, until: AbortSignal): RunDeps => ({
    ...{ blocks, caller, variables: led.variables, projectOf, until, house: guardedHouse(house, { clock, until }) },
    async entered({ block }) {
      if (!LONG_STAYS.has(block?.type ?? "")) return;
      await keep(led).catch((err: unknown) => log.warn({ err }, "a run could not be written down before a long stay"));
    },
    failed({ block, project }, err) {
      log.error({ err, projectId: project.projectId, block: block?.id }, "a block of a project failed");
    },
  });

  /** What runs when the call is over, for so long at most. */
  const afterCall = async (led: Led, caller: Caller) => {
    const { flow } = led.run.project;
    if (!flow.blocks.some(({ type }) => type === "finally")) return;
    const tooLong = new AbortController();
    const cancel = clock.after(AFTER_CALL_MS, () => {
      log.warn({ projectId: led.run.project.projectId }, "what a project does after a call takes too long");
      tooLong.abort();
    });
    await leadRun(led.run, runDeps(led, caller, tooLong.signal), "finally");
    cancel();
  };

  const lead = async (led: Led, caller: Caller, from?: { block: string; exit: string }) => {
    live.add(led);
    uncounted.add(led);
    const ending = await leadRun(led.run, runDeps(led, caller, caller.gone), "start", from);
    live.delete(led);
    // With us every connection ends: who waits in a queue does so without us, and is found again.
    if (stopping) return ending;
    const finish = async () => {
      await afterCall(led, caller);
      await deps.removeVoices(led.variables);
      book.add({ id: led.id, run: snapshot(led, { at: clock.now(), ending }) });
    };
    // Who has hung up waits for nothing; who goes on hears nothing of it either.
    void finish()
      .catch((err: unknown) => log.error({ err }, "the end of a project's run failed"))
      .finally(() => uncounted.delete(led));
    return ending;
  };

  const begin = async (dialogue: VoiceDialogue, project: LedProject, trial: Trial | null = null) => {
    const { call } = dialogue;
    const caller = deps.callerOf(dialogue);
    const startedAt = clock.now();
    const variables = createVariables({
      ...{ caller: trial?.caller ?? call.callerNumber, dialled: call.dialled, language: deps.language() },
    });
    const kept: KeptRun = {
      ...{ projectId: project.projectId, version: project.version, channelId: call.channelId },
      ...{ linkedId: call.linkedId, caller: call.callerNumber, dialled: call.dialled, startedAt },
      ...{ steps: [], variables: {}, block: null, ended: null, trial: trial !== null },
    };
    const run = freshRun(project, startedAt);
    trial?.begun(run, variables);
    return lead({ run, kept, id: null, variables }, caller);
  };

  const goOn = async (dialogue: VoiceDialogue, outcome: QueueOutcome | { how: DialOutcome | RoomOutcome }) => {
    const open = await findOpenRun(db, dialogue.call.channelId);
    const project = open === null ? null : await publishedOrSame(open);
    if (open === null || project === null || open.block === null) return null;
    const { id, ...kept } = open;
    const variables = createVariables(open.variables);
    if ("key" in outcome) variables.set("key", outcome.key);
    const options = project.flow.blocks.find(({ id: each }) => each === open.block)?.options;
    const enteredAt = open.steps.at(-1)?.at;
    if (outcome.how === "talked") forgetWait(variables);
    else if (typeof options?.queue === "number" && enteredAt !== undefined)
      rememberWait(variables, options.queue, new Date(enteredAt));
    const now = clock.now();
    const steps = open.steps.map((step, index) => {
      if (index < open.steps.length - 1) return step;
      // He was in it when we went away.
      const input = "key" in outcome ? outcome.key : null;
      return { ...step, ms: now.getTime() - Date.parse(step.at), input, exit: outcome.how };
    });
    const run = freshRun(project, now, steps);
    const from = { block: open.block, exit: outcome.how };
    return lead({ run, kept, id, variables }, deps.callerOf(dialogue), from);
  };

  /** The very version it was led through. */
  const publishedOrSame = async ({ projectId, version }: KeptRun): Promise<LedProject | null> => {
    const found = version === null ? null : await findVersion(db, projectId, version);
    return found === null ? null : { projectId, version, flow: found.flow };
  };

  return {
    start: () => book.start(),
    async stop() {
      stopping = true;
      for (const led of live) {
        await keep(led).catch((err: unknown) => log.warn({ err }, "a run was not written down before the stop"));
      }
      await book.stop();
    },
    async handler(dialogue) {
      const outcome = await dialogue.outcomeOfWait();
      const projectId = Number(dialogue.call.subject);
      if (outcome === null) {
        const project = await projectOf(projectId);
        if (project === null) {
          log.warn({ projectId }, "a caller was to go through a project of which nothing is published");
          return "goes-on";
        }
        const ending = await begin(dialogue, project);
        return GOES_ON.has(ending) ? "goes-on" : undefined;
      }
      const ending = await goOn(dialogue, outcome);
      return ending === null || GOES_ON.has(ending) ? "goes-on" : undefined;
    },
    async leadTrial(dialogue, { projectId, flow, caller }, begun) {
      const own = caller === "" ? dialogue.call.callerNumber : caller;
      return begin(dialogue, { projectId, version: null, flow }, { caller: own, begun });
    },
    async sweep(linkedIds) {
      const known = [...live].flatMap(({ id }) => id ?? []);
      const before = new Date(clock.now().getTime() - FRESH_MS);
      const ended = await endLostRuns(db, { linkedIds, known, before, at: clock.now() }).catch((err: unknown) => {
        log.warn({ err }, "runs of projects that were cut off could not be ended; the next round does");
        return 0;
      });
      if (ended > 0) log.info({ ended }, "runs of projects were cut off with us");
    },
    list: (projectId, query) => listRuns(db, projectId, query),
    async get(id) {
      return (await findRun(db, id)) ?? new Refusal("not-found", `There is no run ${id}.`);
    },
    async traffic(projectId, period) {
      if ((await findProject(db, projectId)) === null)
        return new Refusal("not-found", `There is no project ${projectId}.`);
      const now = new Map<string, number>();
      for (const { run, kept } of live) {
        if (kept.trial) continue;
        if (run.project.projectId !== projectId || run.block === null) continue;
        now.set(run.block.id, (now.get(run.block.id) ?? 0) + 1);
      }
      const callers = [...now].map(([block, count]) => ({ block, callers: count }));
      const here = liveCounts(uncounted, projectId, period);
      const { runs, exits } = await readTraffic(db, projectId, period);
      return { runs: runs + here.runs, exits: summedExits(exits, here.exits), now: callers };
    },
  };
}

/** After these the call goes on with what its route says next. */
const GOES_ON: ReadonlySet<string> = new Set(["ended", "dead-end", "too-long", "fault"]);
