import { randomUUID } from "node:crypto";
import { Value } from "typebox/value";
import type { Flow, FlowBlock, SayingOption } from "../../contract/flow.ts";
import type { RunEnding, RunStep } from "../../contract/project-views.ts";
import { CallerGone } from "../voice-dialogue.ts";
import type { BlockContext, BlockDefinition, RunMemory } from "./block.ts";
import type { BlockHouse } from "./block-house.ts";
import type { Caller } from "./caller.ts";
import { beginWalk, goOnIn, leaveBlock, resumeWalk, type Step } from "./flow-walk.ts";
import { storable, type Variables } from "./variables.ts";

/** What a call is led through. */
export interface LedProject {
  projectId: number;
  version: number | null;
  flow: Flow;
}

/** One call on its way, as others may look at it. */
export interface FlowRun {
  readonly runId: string;
  /** Where it is by now: it may have gone on to another project. */
  project: LedProject;
  block: FlowBlock | null;
  /** Since when it is there. */
  enteredAt: Date;
  readonly steps: RunStep[];
  readonly memory: RunMemory;
}

/** A call that is about to be led through a project; `steps` it has taken already. */
export const freshRun = (project: LedProject, at: Date, steps: RunStep[] = []): FlowRun => ({
  ...{ runId: randomUUID(), project, block: null, enteredAt: at, steps, memory: { agent: null } },
});

export interface RunDeps {
  blocks: ReadonlyMap<string, BlockDefinition>;
  house: BlockHouse;
  caller: Caller;
  variables: Variables;
  /** Aborted when the run is to end: the caller has gone, or what is done after him takes too long. */
  until: AbortSignal;
  /** What is published of another project; null: nothing. */
  projectOf(projectId: number): Promise<LedProject | null>;
  /** Told when it comes into a block, before anything is done there. */
  entered(run: FlowRun): void | Promise<void>;
  /** Told when a block was left. */
  left?(step: RunStep): void;
  /** A block that failed: a fault of ours or of what it asked. */
  failed(run: FlowRun, error: unknown): void;
}

/** More steps than a flow's walk has are not kept; of a long one the last are. */
const MOST_KEPT_STEPS = 400;
/** What runs when the caller has gone takes no longer. */
export const AFTER_CALL_MS = 60_000;

/**
 * Leads a call from a beginning to an ending, block after block, and answers how it ended. Never throws: a fault is an
 * ending. `from`: goes on in the exit of a block in which it waited while we were away.
 */
export async function leadRun(
  run: FlowRun,
  deps: RunDeps,
  entry: "start" | "finally",
  from?: { block: string; exit: string },
): Promise<RunEnding> {
  try {
    let step: Step = from === undefined ? beginWalk(run.project.flow, entry) : comesBack(run.project.flow, from);
    while (step.type === "go") {
      const { walk } = step;
      if (deps.until.aborted) return endingOfLeaving(deps);
      run.block = walk.block;
      const done = await inBlock(run, walk.block, deps, entry);
      if ("ending" in done) return done.ending;
      const waits = deps.blocks.get(walk.block.type)?.waits ?? true;
      if ("exit" in done) step = leaveBlock(run.project.flow, walk, done.exit, waits);
      else {
        run.project = done.other;
        step = goOnIn(done.other.flow, walk);
      }
    }
    return step.ending;
  } catch (error) {
    // A project that could not be read, say.
    deps.failed(run, error);
    return "fault";
  }
}

/** He went away, or was taken elsewhere. */
const endingOfLeaving = ({ caller }: RunDeps): RunEnding =>
  caller.gone.reason === "taken" ? "sent-on" : "caller-left";

function comesBack(flow: Flow, { block, exit }: { block: string; exit: string }): Step {
  const there = resumeWalk(flow, block, 1);
  return there.type === "go" ? leaveBlock(flow, there.walk, exit, true) : there;
}

/** How a block was left: by an exit, to another project, or the run is over. */
type Done = { exit: string | null } | { other: LedProject } | { ending: RunEnding };

async function inBlock(run: FlowRun, block: FlowBlock, deps: RunDeps, entry: "start" | "finally"): Promise<Done> {
  const { blocks, house, caller, variables, until } = deps;
  const definition = blocks.get(block.type);
  const at = house.now();
  run.enteredAt = at;
  let input: string | null = null;
  const note = (exit: string | null) => {
    const ms = house.now().getTime() - at.getTime();
    const { projectId } = run.project;
    const step: RunStep = { block: block.id, projectId, type: block.type, at: at.toISOString(), ms, input, exit };
    run.steps.push(step);
    if (run.steps.length > MOST_KEPT_STEPS) run.steps.shift();
    deps.left?.(step);
  };
  if (definition === undefined || (entry === "finally" && definition.afterCall !== true)) return { ending: "dead-end" };
  const options = optionsOf(block, definition);
  const context: BlockContext<never> = {
    ...{ options: options as never, caller, variables, house, runId: run.runId, memory: run.memory, until },
    place: { projectId: run.project.projectId, block: block.id },
    filled: (sayings) => sayings.map((one) => filledSaying(one, variables)),
    note(text) {
      input = storable(text.slice(0, LONGEST_INPUT));
    },
  };
  try {
    await deps.entered(run);
    if (options === null) throw new Error(`the options of the block ${block.id} are not possible`);
    const exit = await definition.run(context);
    const isDoor = block.type === "go-to-project" && exit !== null;
    const other = isDoor ? await deps.projectOf(Number(block.options.project)) : null;
    note(other === null ? exit : null);
    if (other !== null) return { other };
    return exit === null && block.type === "hang-up" ? { ending: "hung-up" } : { exit };
  } catch (error) {
    note(null);
    if (error instanceof CallerGone) return { ending: endingOfLeaving(deps) };
    deps.failed(run, error);
    return { ending: "fault" };
  }
}

const LONGEST_INPUT = 200;

/** What its schema takes; options that are newer than the flow have their usual values. Null: not possible. */
function optionsOf({ options }: FlowBlock, { options: schema }: BlockDefinition): unknown {
  if (Value.Check(schema, options)) return options;
  const whole = Value.Default(schema, structuredClone(options));
  return Value.Check(schema, whole) ? whole : null;
}

function filledSaying(saying: SayingOption, variables: Variables): SayingOption {
  const [name, value] = Object.entries(saying)[0] ?? ["text", ""];
  return typeof value === "string" ? ({ [name]: variables.fill(value) } as SayingOption) : saying;
}
