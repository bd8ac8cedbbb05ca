import { randomInt, randomUUID } from "node:crypto";
import type { CalledTrial, CalledTrialBody, RunEnding } from "../../contract/project-views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Log } from "../log.ts";
import type { TelephoneToRing } from "../prompts/prompt-call-service.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/permission.ts";
import { readTryProject, TRY_PROJECT_CODE } from "../star-code.ts";
import type { Telephony } from "../telephony.ts";
import { CallerGone, type VoiceHandler } from "../voice-dialogue.ts";
import type { FlowRun } from "./flow-run.ts";
import { findProject } from "./project-store.ts";
import type { RunService } from "./run-service.ts";
import type { Variables } from "./variables.ts";

/** Drafts that their makers go through by telephone. */
export interface CalledTrialService {
  stop(): void;
  /** Makes up a code that leads into the flow, once; rings a telephone, or waits for somebody to dial it. */
  begin(actor: Actor, wish: CalledTrialBody): Promise<CalledTrial | Refusal>;
  /** How it goes; whoever began it is told. */
  get(actor: Actor, id: string): CalledTrial | Refusal;
  /** Takes the code back, or hangs up. */
  end(actor: Actor, id: string): Promise<Refusal | undefined>;
  /** For calls that dial a code. */
  handler: VoiceHandler;
}

/** How long a code can be dialled, and how long a telephone that is rung has until its call comes. */
const DIAL_MS = 5 * 60_000;
const PICK_UP_MS = 60_000;
/** What is over is told for so long. */
const TOLD_MS = 15 * 60_000;
const MOST = 50;

interface Going {
  id: string;
  owner: number;
  wish: CalledTrialBody;
  state: CalledTrial["state"];
  code: string;
  until: Date;
  telephone: string | null;
  why: string | null;
  channelId: string | null;
  run: FlowRun | null;
  variables: Variables | null;
  ending: RunEnding | null;
  cancel: () => void;
}

/** Leads them: everything is done as for a caller, and the designer looks on. */
export function createCalledTrialService(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  telephony: Pick<Telephony, "dialFrom" | "hangUp">;
  telephone: TelephoneToRing;
  runs: Pick<RunService, "leadTrial">;
}): CalledTrialService {
  const { db, clock, log, telephony } = deps;
  const trials = new Map<string, Going>();

  const view = (one: Going): CalledTrial => ({
    ...{ id: one.id, state: one.state, code: `${TRY_PROJECT_CODE}${one.code}`, until: one.until.toISOString() },
    ...{ telephone: one.telephone, why: one.why, ending: one.ending },
    block: one.state === "talking" ? (one.run?.block?.id ?? null) : null,
    path: [...(one.run?.steps ?? [])],
    variables: one.variables?.all() ?? {},
  });
  const over = (one: Going, why: string | null) => {
    one.cancel();
    Object.assign(one, { state: "over", why });
    one.cancel = clock.after(TOLD_MS, () => trials.delete(one.id));
  };
  const find = (actor: Actor, id: string): Going | Refusal => {
    const one = trials.get(id);
    if (one === undefined || one.owner !== actor.staffId) return new Refusal("trial.over", "This trial is over.");
    return one;
  };
  const freshCode = (): string => {
    const taken = new Set([...trials.values()].map(({ code }) => code));
    for (;;) {
      const code = String(randomInt(0, 1_000_000)).padStart(6, "0");
      if (!taken.has(code)) return code;
    }
  };
  /** Null: it rings. */
  const ring = async (one: Going, telephoneId: number): Promise<Refusal | null> => {
    const telephone = deps.telephone(telephoneId);
    if (telephone === null) return new Refusal("telephone.unknown", "There is no such telephone.");
    const { name, endpoint, registered, onCall } = telephone;
    if (!registered) return new Refusal("telephone.not-registered", `${name} is not registered: it cannot ring.`);
    if (onCall) return new Refusal("telephone.on-call", `${name} is on a call.`);
    Object.assign(one, { telephone: name, state: "ringing" });
    const answer = await telephony.dialFrom(endpoint, `${TRY_PROJECT_CODE}${one.code}`);
    if (answer.ok) return null;
    return answer.gone === true
      ? new Refusal("telephony.unavailable", "The telephone system cannot be reached. Try again soon.")
      : new Refusal("telephony.refused", `The telephone system refused: ${answer.why}`);
  };

  return {
    stop() {
      for (const { cancel } of trials.values()) cancel();
      trials.clear();
    },
    async begin(actor, wish) {
      if ((await findProject(db, wish.projectId)) === null) {
        return new Refusal("not-found", `There is no project ${wish.projectId}.`);
      }
      // What is over is told no longer than there is room for it.
      const told = [...trials.values()].find(({ state }) => state === "over");
      if (trials.size >= MOST && told !== undefined) {
        told.cancel();
        trials.delete(told.id);
      }
      if (trials.size >= MOST) return new Refusal("request.too-many", "Too many trials at once. Try again soon.");
      const ms = wish.telephoneId === undefined ? DIAL_MS : PICK_UP_MS;
      const one: Going = {
        ...{ id: randomUUID(), owner: actor.staffId, wish, state: "waiting", code: freshCode() },
        ...{ until: new Date(clock.now().getTime() + ms), telephone: null, why: null },
        ...{ channelId: null, run: null, variables: null, ending: null, cancel: () => {} },
      };
      trials.set(one.id, one);
      one.cancel = clock.after(ms, () =>
        over(one, one.telephone === null ? "Nobody dialled it." : "Nobody picked up."),
      );
      const refused = wish.telephoneId === undefined ? null : await ring(one, wish.telephoneId);
      if (refused === null) return view(one);
      one.cancel();
      trials.delete(one.id);
      return refused;
    },
    get(actor, id) {
      const one = find(actor, id);
      return one instanceof Refusal ? one : view(one);
    },
    async end(actor, id) {
      const one = find(actor, id);
      if (one instanceof Refusal) return undefined;
      if (one.channelId !== null && one.state === "talking") await telephony.hangUp(one.channelId);
      else if (one.state !== "over") over(one, "It was taken back.");
      return undefined;
    },
    async handler(dialogue) {
      const outcome = await dialogue.outcomeOfWait();
      const code = readTryProject(dialogue.call.dialled);
      const one = [...trials.values()].find((each) => each.code === code && isOpen(each));
      // What became of a wait while we were away is nobody's any more.
      if (one === undefined || outcome !== null) {
        await dialogue.answer();
        await dialogue.say(["not-possible"]);
        await dialogue.hangUp();
        return undefined;
      }
      one.cancel();
      Object.assign(one, { state: "talking", channelId: dialogue.call.channelId });
      const { projectId, flow, caller = "" } = one.wish;
      try {
        one.ending = await deps.runs.leadTrial(dialogue, { projectId, flow, caller }, (run, variables) => {
          Object.assign(one, { run, variables });
        });
        over(one, null);
        if (!dialogue.gone.aborted) await dialogue.hangUp();
      } catch (error) {
        if (one.state !== "over") over(one, "It broke off.");
        if (!(error instanceof CallerGone)) log.error({ err: error }, "a draft could not be tried by telephone");
      }
      return undefined;
    },
  };
}

/** Once, and as long as it is waited for. */
const isOpen = ({ state }: Going): boolean => state === "waiting" || state === "ringing";
