import type { SelfTest } from "../../contract/telephones.ts";
import type { Clock } from "../clock.ts";
import { brokenConstraint, type Database } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import type { Actor } from "../staff/permission.ts";
import type { LinkStatus } from "../telephony.ts";
import type { TestCallEvent, TestCalls } from "../test-calls.ts";
import { profileOf } from "./device-profile.ts";
import type { RegistrationService } from "./registration-service.ts";
import {
  type AnswerWay,
  beginTest,
  nextTurn,
  PHASE_MS,
  type SelfTestState,
  type TestAct,
  type TestEvent,
  unreachableTest,
} from "./self-test.ts";
import { endForgottenTests, endTest, findNewestTest, insertTest, removeOldTests } from "./self-test-store.ts";
import { findTelephoneRows, type TelephoneRow } from "./telephone-admin-store.ts";

/** Tries telephones out: rings one, hears it, and writes down how it did. One test at a time on one telephone. */
export interface SelfTestService {
  /** Ends, in the books, what a server that was killed left open. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Null as the way to answer: as the model can. Refused while the telephone is on a call. */
  begin(actor: Actor, telephoneId: number, answer: AnswerWay | null): Promise<SelfTest | Refusal>;
  /** The one that goes on, as it is now, or the last one. */
  newest(telephoneId: number): Promise<SelfTest | Refusal>;
  breakOff(telephoneId: number): Promise<Refusal | undefined>;
}

/** An end that could not be written down is tried again after this time: the telephone stays taken until then. */
const RETRY_MS = 5000;
/** Of each telephone so many are kept: enough to see since when something fails. */
const KEPT_TESTS = 10;

interface Running {
  test: SelfTest;
  state: SelfTestState;
  cancel: () => void;
}

export function createSelfTestService(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  changes: ChangeService;
  registration: Pick<RegistrationService, "contact" | "onCall">;
  telephony: { readonly status: LinkStatus };
  testCalls: TestCalls;
}): SelfTestService {
  const { db, clock, log, changes, registration, telephony, testCalls } = deps;
  const running = new Map<number, Running>();
  let stopListening = () => {};

  const shown = ({ test, state }: Running): SelfTest => ({ ...test, steps: state.steps });
  const finish = async (one: Running, outcome: NonNullable<SelfTestState["outcome"]>) => {
    const { id, telephoneId } = one.test;
    const at = clock.now();
    one.test = { ...one.test, endedAt: at.toISOString(), outcome };
    try {
      await endTest(db, id, { at, outcome, steps: one.state.steps });
      await removeOldTests(db, telephoneId, KEPT_TESTS);
    } catch (error) {
      log.warn({ err: error, telephoneId }, "how a telephone did in its test could not be written down; trying again");
      one.cancel = clock.after(RETRY_MS, () => void finish(one, outcome));
      return;
    }
    running.delete(id);
  };
  const act = async (one: Running, what: NonNullable<TestAct>): Promise<void> => {
    const testId = String(one.test.id);
    if (what === "read-voice") {
      const voice = await testCalls.voice(testId);
      return step(one, { type: "voice", codec: voice?.codec ?? null, packets: voice?.packets ?? 0 });
    }
    const answer =
      what === "hang-up"
        ? await testCalls.hangUp(testId)
        : await testCalls.tell(testId, what === "tell-talk" ? "talk" : "hold");
    if (!answer.ok && what !== "hang-up") step(one, { type: "refused", why: answer.why });
  };
  const step = (one: Running, event: TestEvent): void => {
    if (one.state.phase === "over") return;
    const before = one.state.phase;
    const turn = nextTurn(one.state, event);
    one.state = turn.state;
    if (turn.state.phase !== before) wait(one);
    if (turn.act !== null) {
      act(one, turn.act).catch((error: unknown) => log.error({ err: error }, "a telephone's test could not go on"));
    }
    if (turn.state.outcome !== null) void finish(one, turn.state.outcome);
  };
  const wait = (one: Running) => {
    one.cancel();
    const ms = PHASE_MS[one.state.phase];
    if (ms !== null) one.cancel = clock.after(ms, () => step(one, { type: "time" }));
  };
  const heard = (event: TestCallEvent) => {
    if (event.type === "lost") {
      for (const one of running.values()) step(one, { type: "stopped", why: "The telephone system cannot be reached" });
      return;
    }
    const one = running.get(Number(event.testId));
    if (one === undefined) return;
    const { testId: _, ...rest } = event;
    step(one, rest);
  };

  const stateAtStart = (row: TelephoneRow, answer: AnswerWay | null): SelfTestState => {
    const contact = registration.contact(row.username);
    const profile = profileOf(row.model, contact?.userAgent ?? null);
    const way = answer ?? (profile.autoAnswer === null ? "by-hand" : "by-itself");
    const facts = { answer: way, notify: profile.notify, codecs: profile.codecs };
    if (contact?.registered !== true) {
      return unreachableTest(
        facts,
        contact?.address ? "It has registered and does not answer" : "It is not registered",
      );
    }
    const trip = contact.roundTripMs === null ? "" : ` in ${Math.max(1, Math.round(contact.roundTripMs))} ms`;
    return beginTest(facts, `Answers from ${contact.address ?? "its address"}${trip}`);
  };
  const ring = async (one: Running, row: TelephoneRow) => {
    const profile = profileOf(row.model, registration.contact(row.username)?.userAgent ?? null);
    const header = one.state.facts.answer === "by-itself" ? profile.autoAnswer : null;
    const answer = await testCalls.ring(String(one.test.id), row.username, header);
    if (!answer.ok) step(one, { type: "refused", why: `The telephone system refused: ${answer.why}` });
  };

  return {
    async start() {
      stopListening = testCalls.onEvent(heard);
      await endForgottenTests(db, clock.now());
    },
    async stop() {
      stopListening();
      for (const one of [...running.values()]) {
        one.cancel();
        step(one, { type: "stopped", why: "Perch was stopped" });
      }
    },
    async begin(actor, telephoneId, answer) {
      const [row] = await findTelephoneRows(db, [telephoneId]);
      if (row === undefined) return unknownTelephone(telephoneId);
      const refused = refusalOf(row, registration.onCall(row.username), telephony.status);
      if (refused !== null) return refused;
      const state = stateAtStart(row, answer);
      const startedAt = clock.now();
      const id = await insertOrRefuse(telephoneId, () =>
        changes.run<number>(actor, async (tx) => ({
          result: await insertTest(tx, { telephoneId, startedBy: actor.staffId, startedAt, steps: state.steps }),
          action: "telephone.test",
          subject: `telephone ${telephoneId}`,
          facts: { answer: state.facts.answer },
        })),
      );
      if (id instanceof Refusal) return id;
      const test = await findNewestTest(db, telephoneId);
      if (test === null || test.id !== id) return unknownTelephone(telephoneId);
      const one: Running = { test, state, cancel: () => {} };
      running.set(id, one);
      if (state.outcome !== null) await finish(one, state.outcome);
      else {
        wait(one);
        await ring(one, row);
      }
      return shown(one);
    },
    async newest(telephoneId) {
      const one = [...running.values()].find(({ test }) => test.telephoneId === telephoneId);
      if (one !== undefined) return shown(one);
      return (
        (await findNewestTest(db, telephoneId)) ??
        new Refusal("not-found", "This telephone was not tried out yet, or there is no such telephone.")
      );
    },
    async breakOff(telephoneId) {
      const one = [...running.values()].find(({ test }) => test.telephoneId === telephoneId);
      if (one === undefined) return new Refusal("not-found", "No test goes on on this telephone.");
      step(one, { type: "stopped", why: "Broken off" });
      return undefined;
    },
  };
}

const unknownTelephone = (id: number) => new Refusal("not-found", `There is no telephone ${id}.`);

function refusalOf(row: TelephoneRow, onCall: boolean, link: LinkStatus): Refusal | null {
  if (!row.enabled) return new Refusal("telephone.disabled", `${row.full_name} is disabled: enable it first.`);
  if (onCall) {
    const by = row.holder_name === null ? "" : ` ${row.holder_name} is logged in on it.`;
    return new Refusal(
      "telephone.on-call",
      `A call is going on on ${row.full_name}.${by} Try again when it has ended.`,
    );
  }
  if (link === "down") {
    return new Refusal("telephony.unavailable", "The telephone system cannot be reached. Try again soon.");
  }
  return null;
}

/** The index decides who is first; the second is told. */
async function insertOrRefuse(telephoneId: number, insert: () => Promise<number | Refusal>): Promise<number | Refusal> {
  try {
    return await insert();
  } catch (error) {
    if (brokenConstraint(error) !== "telephone_tests_open") throw error;
    return new Refusal("telephone.being-tested", "This telephone is being tried out already.", { telephoneId });
  }
}
