import { type Database, type Db, inTransaction } from "../db/pool.ts";
import type { JournalFact, JournalLanguage, JournalRead } from "../journal.ts";
import type { Log } from "../log.ts";
import { lineAt, monthOf } from "./call-at.ts";
import { foldCall } from "./call-fold.ts";
import { openMonths } from "./call-month-store.ts";
import { removeCalls } from "./call-row-store.ts";
import { openCallsBefore, replaceCalls } from "./call-store.ts";
import type { FoldedCall } from "./folded-call.ts";
import { insertDamage, insertLines, lockCalls, readLines, writeCheckpoints } from "./journal-store.ts";

export interface BatchDeps {
  db: Database;
  node: string;
  language: JournalLanguage;
  log: Log;
  settings: { current(): { undisposedUser: "telephone" | "seated-agent" } };
  /** Only a test gives another one. */
  fold?: (facts: readonly JournalFact[]) => FoldedCall | null;
}

export interface BatchResult {
  linkedIds: Set<string>;
  /** Agents who may have something to dispose now. */
  agentIds: Set<number>;
  /** Lines that were set aside. */
  damaged: number;
}

interface Understood {
  read: JournalRead;
  fact: JournalFact;
}

interface Damaged {
  read: JournalRead;
  why: string;
}

/** Lines sorted into those that say something and those that are damaged. */
function understand(lines: readonly JournalRead[], language: JournalLanguage) {
  const understood: Understood[] = [];
  const damaged: Damaged[] = [];
  for (const read of lines) {
    const fact = language.read(read.text);
    if (!("damaged" in fact)) {
      understood.push({ read, fact });
      continue;
    }
    const text = language.mend(read.text);
    const mended = text === null ? fact : language.read(text);
    if (text === null || "damaged" in mended) damaged.push({ read, why: fact.damaged });
    else understood.push({ read: { ...read, text }, fact: mended });
  }
  return { understood, damaged };
}

function checkpointsOf(lines: readonly JournalRead[]): Map<string, number> {
  const next = new Map<string, number>();
  for (const line of lines) next.set(line.fileId, Math.max(line.nextByte, next.get(line.fileId) ?? 0));
  return next;
}

/**
 * Takes a batch in: its lines are kept, every call it touches is folded again from all of its lines, and the checkpoint
 * moves on, all in one transaction. Throws when that transaction fails; nothing of the batch has happened then.
 */
export async function takeBatch(deps: BatchDeps, lines: readonly JournalRead[]): Promise<BatchResult> {
  const { understood, damaged } = understand(lines, deps.language);
  const result: BatchResult = { linkedIds: new Set(), agentIds: new Set(), damaged: 0 };
  await inTransaction(deps.db, async (tx) => {
    await lockCalls(tx, deps.node);
    result.damaged += await insertDamage(tx, deps.node, damaged);
    await takeUnderstood(deps, tx, understood, result);
    await writeCheckpoints(tx, deps.node, checkpointsOf(lines));
  });
  return result;
}

/**
 * The same, one call after the other, for a batch that cannot be taken whole: a call that cannot be stored is set aside
 * with the reason, and the others go on. Each step may be repeated, so being killed in between does no harm; the
 * checkpoint moves last.
 */
export async function takeBatchCallByCall(
  deps: BatchDeps,
  lines: readonly JournalRead[],
  isOutage: (error: unknown) => boolean,
): Promise<BatchResult> {
  const { understood, damaged } = understand(lines, deps.language);
  const result: BatchResult = { linkedIds: new Set(), agentIds: new Set(), damaged: 0 };
  for (const [linkedId, ofCall] of Map.groupBy(understood, (line) => line.fact.linkedId)) {
    try {
      await inTransaction(deps.db, async (tx) => {
        await lockCalls(tx, deps.node);
        await takeUnderstood(deps, tx, ofCall, result);
      });
    } catch (error) {
      if (isOutage(error)) throw error;
      deps.log.error({ err: error, linkedId }, "a call of the journal could not be stored; it was set aside");
      for (const { read } of ofCall) damaged.push({ read, why: `could not be stored: ${String(error)}` });
    }
  }
  await inTransaction(deps.db, async (tx) => {
    result.damaged += await insertDamage(tx, deps.node, damaged);
    await writeCheckpoints(tx, deps.node, checkpointsOf(lines));
  });
  return result;
}

async function takeUnderstood(deps: BatchDeps, tx: Db, all: readonly Understood[], result: BatchResult): Promise<void> {
  const understood = await ofOpenMonths(deps, tx, all);
  await insertLines(
    tx,
    deps.node,
    understood.map(({ read, fact }) => ({
      fileId: read.fileId,
      byte: read.byte,
      linkedId: fact.linkedId,
      atUs: fact.atUs,
      text: read.text,
    })),
  );
  const touched = new Set(understood.map((line) => line.fact.linkedId).filter((linkedId) => linkedId !== ""));
  const failed = await refold(deps, tx, touched, result);
  const aside = understood.filter((line) => failed.has(line.fact.linkedId));
  const why = (line: Understood) => failed.get(line.fact.linkedId) ?? "";
  result.damaged += await insertDamage(
    tx,
    deps.node,
    aside.map((line) => ({ read: line.read, why: why(line) })),
  );
  for (const { fact } of understood) {
    if (fact.kind !== "restart" && fact.extra.anew === undefined) continue;
    await closeOpenCalls(deps, tx, fact, result);
  }
}

/**
 * Lines of calls whose month is archived come from a copy of an old journal: their rows stand in files and are not made
 * again.
 */
async function ofOpenMonths(deps: BatchDeps, tx: Db, all: readonly Understood[]): Promise<readonly Understood[]> {
  const at = ({ fact }: Understood) => lineAt(fact.linkedId, fact.atUs);
  const archived = await openMonths(tx, all.map(at));
  if (archived.size === 0) return all;
  const open = all.filter((line) => !archived.has(monthOf(at(line))));
  deps.log.warn({ lines: all.length - open.length }, "lines of archived months were passed over");
  return open;
}

/**
 * The telephone system has begun anew: whatever was open before is over. That is kept beside each call it ended, so
 * that folding the call again needs its own lines and nothing else.
 */
async function closeOpenCalls(deps: BatchDeps, tx: Db, restart: JournalFact, result: BatchResult): Promise<void> {
  const open = (await openCallsBefore(tx, deps.node, restart.atUs)).filter((one) => one !== restart.linkedId);
  if (open.length === 0) return;
  await insertLines(
    tx,
    deps.node,
    open.map((linkedId) => ({
      fileId: `restart of ${linkedId}`,
      byte: restart.atUs,
      linkedId,
      atUs: restart.atUs,
      text: deps.language.restartOf(linkedId, restart.atUs),
    })),
  );
  await refold(deps, tx, new Set(open), result);
}

/**
 * Closes calls whose end Asterisk never wrote: that is kept beside each as one more line, so a line that comes late
 * after all is folded with it. Answers what has changed.
 */
export async function endCalls(
  deps: BatchDeps,
  ended: readonly { linkedId: string; atUs: number }[],
): Promise<BatchResult> {
  const result: BatchResult = { linkedIds: new Set(), agentIds: new Set(), damaged: 0 };
  await inTransaction(deps.db, async (tx) => {
    await lockCalls(tx, deps.node);
    const lines = ended.map(({ linkedId, atUs }) => {
      return { fileId: `end of ${linkedId}`, byte: atUs, linkedId, atUs, text: deps.language.endOf(linkedId, atUs) };
    });
    await insertLines(tx, deps.node, lines);
    await refold(deps, tx, new Set(ended.map(({ linkedId }) => linkedId)), result);
  });
  return result;
}

export interface FoldedLines {
  calls: FoldedCall[];
  /** Whose lines are no call: tests of a telephone, codes an agent dialled. */
  nothing: string[];
  /** What could not be folded, with the reason. */
  failed: Map<string, string>;
}

/** Folds these calls from their kept lines. */
export async function foldLines(
  deps: Pick<BatchDeps, "language" | "log" | "fold">,
  tx: Db,
  linkedIds: readonly string[],
): Promise<FoldedLines> {
  const folded: FoldedLines = { calls: [], nothing: [], failed: new Map() };
  const facts = new Map<string, JournalFact[]>();
  for (const { linkedId, line } of await readLines(tx, linkedIds)) {
    const fact = deps.language.factOf(line);
    if ("damaged" in fact) continue;
    const list = facts.get(linkedId);
    if (list === undefined) facts.set(linkedId, [fact]);
    else list.push(fact);
  }
  for (const [linkedId, ofCall] of facts) {
    try {
      const call = (deps.fold ?? foldCall)(ofCall);
      if (call === null) folded.nothing.push(linkedId);
      else folded.calls.push(call);
    } catch (error) {
      deps.log.error({ err: error, linkedId }, "a call could not be folded; its lines were set aside");
      folded.failed.set(linkedId, `could not be folded: ${String(error)}`);
    }
  }
  return folded;
}

/** Folds these calls and writes their rows. Answers those that could not be, with the reason; their rows stay. */
async function refold(
  deps: BatchDeps,
  tx: Db,
  linkedIds: ReadonlySet<string>,
  result: BatchResult,
): Promise<Map<string, string>> {
  const { calls, nothing, failed } = await foldLines(deps, tx, [...linkedIds]);
  for (const linkedId of [...calls.map((call) => call.linkedId), ...nothing]) result.linkedIds.add(linkedId);
  // A later line may say that what looked like a call is none: a telephone that is tried out, a code.
  const none = await removeCalls(tx, nothing);
  const agents = await replaceCalls(tx, deps.node, calls, deps.settings.current().undisposedUser);
  for (const agentId of [...none, ...agents]) result.agentIds.add(agentId);
  return failed;
}
