import { randomUUID } from "node:crypto";
import type { Static } from "typebox";
import type { Trial, TrialBody, TrialInput } from "../../contract/project-views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/permission.ts";
import type { BlockDefinition } from "./block.ts";
import { kindOf } from "./block.ts";
import type { BlockHouse } from "./block-house.ts";
import { titleOf } from "./flow-check.ts";
import { freshRun, leadRun, type RunDeps } from "./flow-run.ts";
import { findPublished, readNames } from "./project-store.ts";
import { createTrialCaller, type TrialCaller } from "./trial-caller.ts";
import { createVariables, type Variables } from "./variables.ts";

export interface TrialService {
  /** Begins to lead somebody through a flow as it is drawn; answers at the first thing that is waited for. */
  begin(actor: Actor, wish: Static<typeof TrialBody>): Promise<Trial | Refusal>;
  /** Answers what is waited for. */
  answer(actor: Actor, id: string, input: TrialInput): Promise<Trial | Refusal>;
  end(actor: Actor, id: string): Promise<Refusal | undefined>;
  stop(): void;
}

interface Standing {
  owner: number;
  caller: TrialCaller;
  variables: Variables;
  over: boolean;
  /** Settles when something is waited for, or it is over. */
  rest: Promise<void>;
  /** It goes on: from here on `rest` is the next one. */
  goOn(): void;
  forget(): void;
}

/** Trials at once, and how long one may stand without an answer. */
const MOST_TRIALS = 50;
const IDLE_MS = 15 * 60_000;

const NONE = () => new Refusal("trial.over", "This trial is over. Begin another one.");

/** Trying flows out without a telephone: nothing is said, sent or changed. */
export function createTrialService(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  blocks: ReadonlyMap<string, BlockDefinition>;
  /** What blocks may ask while nothing must happen: whoever tries says what would come of it. */
  houseFor(at: Date, caller: TrialCaller): BlockHouse;
}): TrialService {
  const { db, clock, log, blocks } = deps;
  const trials = new Map<string, Standing>();
  const kinds = new Map([...blocks].map(([type, block]) => [type, kindOf(block)]));

  const nameOf = async (kind: "prompt" | "queue" | "agent" | "telephone", id: number) =>
    (await readNames(db, new Map([[kind, [id]]]))).get(kind)?.[0]?.name ?? `${kind} ${id}`;

  const view = (id: string, { caller, variables, over }: Standing): Trial => ({
    id,
    events: caller.events(),
    variables: variables.all(),
    waitsFor: over ? null : caller.wanted(),
  });

  const find = (actor: Actor, id: string): Standing | null => {
    const found = trials.get(id);
    return found === undefined || found.owner !== actor.staffId ? null : found;
  };

  const touch = (id: string, standing: Standing) => {
    standing.forget();
    standing.forget = clock.after(IDLE_MS, () => {
      trials.delete(id);
      standing.caller.leave();
    });
  };

  return {
    async begin(actor, { flow, caller: number = "+390612345678", at }) {
      if (trials.size >= MOST_TRIALS)
        return new Refusal("request.too-many", "Too many trials at once. Try again soon.");
      const id = randomUUID();
      const call = { channelId: id, linkedId: id, endpoint: null, callerNumber: number, dialled: "", subject: "" };
      const caller = createTrialCaller({ call, nameOf, waiting: () => settle() });
      const variables = createVariables({ caller: number, dialled: "", language: "en" });
      const run = freshRun({ projectId: 0, version: null, flow }, clock.now());
      let settle = () => {};
      const standing: Standing = {
        ...{ owner: actor.staffId, caller, variables, over: false, rest: Promise.resolve(), forget: () => {} },
        goOn() {
          standing.rest = new Promise((resolve) => {
            settle = resolve;
          });
        },
      };
      standing.goOn();
      trials.set(id, standing);
      touch(id, standing);
      const titled = () => (run.block === null ? "" : titleOf(run.block, kinds));
      const runDeps: RunDeps = {
        ...{ blocks, caller, variables },
        house: deps.houseFor(at === undefined ? clock.now() : new Date(at), caller),
        until: caller.gone,
        projectOf: (projectId) => findPublished(db, projectId),
        entered: ({ block }) => caller.tell({ kind: "block", block: block?.id ?? null, words: titled() }),
        left: ({ block, exit }) => caller.tell({ kind: "exit", block, words: exit ?? "" }),
        failed: ({ block }, err) => {
          log.debug({ err }, "a block failed in a trial");
          caller.tell({ kind: "did", block: block?.id ?? null, words: "It failed." });
        },
      };
      const lead = async () => {
        const ending = await leadRun(run, runDeps, "start");
        if (run.project.flow.blocks.some(({ type }) => type === "finally")) {
          caller.tell({ kind: "did", block: null, words: "The call is over." });
          await leadRun(run, { ...runDeps, until: caller.left }, "finally");
        }
        return ending;
      };
      void lead().then((ending) => {
        caller.tell({ kind: "over", block: run.block?.id ?? null, words: ending });
        standing.over = true;
        // Who tries often does not stand in his own way: what is over is not kept.
        trials.delete(id);
        standing.forget();
        settle();
      });
      await standing.rest;
      return view(id, standing);
    },
    async answer(actor, id, input) {
      const standing = find(actor, id);
      if (standing === null || standing.over) return NONE();
      touch(id, standing);
      if (!standing.caller.answerWith(input)) {
        return new Refusal("request.invalid", "That is not what is waited for.", {
          waitsFor: standing.caller.wanted(),
        });
      }
      // It goes on when this is done; two answers at once are one answer and a refusal.
      standing.goOn();
      await standing.rest;
      return view(id, standing);
    },
    async end(actor, id) {
      const standing = find(actor, id);
      // One that is over has ended already.
      if (standing === null) return undefined;
      trials.delete(id);
      standing.forget();
      standing.caller.leave();
      return undefined;
    },
    stop() {
      for (const { caller, forget } of trials.values()) {
        forget();
        caller.leave();
      }
      trials.clear();
    },
  };
}
