import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Page } from "../../contract/page.ts";
import type { ReportCallRow } from "../../contract/views.ts";
import { factsOf, foldAll, tableOf } from "../journal-fixture.ts";
import { until } from "../until.ts";
import { NAMES, type ScenarioHouse } from "./scenario-house.ts";

/**
 * When something happened, as those who were there know it: not before somebody did what caused it (noted before his
 * word left), and not after somebody noticed it (noted once the word had come). However late a program of a busy
 * machine gets to write down what it noticed, the instant stays in between; on a machine with nothing else to do the
 * two are a few milliseconds apart. Milliseconds since 1970.
 */
export type Between = readonly [causedMs: number, noticedMs: number];

/** What a row may be away from that (the promise of the reports). */
const TOLERANCE_MS = 50;

export interface ExpectedRow {
  type: ReportCallRow["type"];
  source: string;
  destination: string;
  /** The telephone; who sits there follows from it. Null: none. */
  telephone: string | null;
  /** Whose own it is; else nobody's. */
  agent?: string;
  queue?: string;
  prefix?: string;
  disposition: ReportCallRow["disposition"];
  endedBy: ReportCallRow["endedBy"];
  started: Between;
  answered: Between | null;
  ended: Between;
  /** From, to; several where it was parked in between. Nothing: none. */
  talked?: readonly (readonly [Between, Between])[];
  /** Not said: none. Null: unknown, because nobody listened to the end. */
  held?: readonly (readonly [Between, Between])[] | null;
}

interface Facts {
  type: string;
  source: string;
  destination: string;
  user: string | null;
  kind: string | null;
  telephone: string | null;
  seated: string | null;
  queue: string | null;
  prefix: string | null;
  disposition: string;
  endedBy: string | null;
}

/** Plays one scenario: what `play` answers are the rows it must have given, and no others, earliest first. */
export async function playScenario(
  scene: ScenarioHouse,
  name: string,
  play: () => Promise<ExpectedRow[]>,
): Promise<ReportCallRow[]> {
  const before = new Set(scene.journal());
  const since = Date.now();
  const expected = await play();
  await until(
    "every call is over",
    async () => (await scene.house.console("core show channels")).includes("0 active"),
    {
      timeoutMs: 30_000,
    },
  );
  let rows: ReportCallRow[] = [];
  let wrong: string[] = [];
  await until(
    `the rows of "${name}" equal what was seen`,
    async () => {
      const from = new Date(since - TOLERANCE_MS).toISOString();
      const page = await scene.house.admin.get<Page<ReportCallRow>>(`/reports/report-call?from=${from}`);
      // Those of one instant by who is in them, so that their order is always the same.
      rows = page.rows.sort((a, b) => a.startedAt.localeCompare(b.startedAt) || order(a).localeCompare(order(b)));
      wrong = differences(rows, expected);
      return wrong.length === 0;
    },
    { timeoutMs: 20_000 },
  ).catch((error: Error) => {
    throw new Error(`${error.message}\n${wrong.join("\n")}\n${JSON.stringify(rows, null, 1)}`);
  });
  if (process.env.PERCH_RECORD_JOURNALS !== undefined)
    record(
      name,
      scene.journal().filter((line) => !before.has(line)),
    );
  return rows;
}

const order = (row: ReportCallRow): string => row.answeredAt ?? row.endedAt ?? "";

function differences(rows: readonly ReportCallRow[], expected: readonly ExpectedRow[]): string[] {
  if (rows.length !== expected.length) return [`${rows.length} rows instead of ${expected.length}`];
  return expected.flatMap((one, index) => {
    const row = rows[index];
    if (row === undefined) return [];
    const [is, should] = [factsOfRow(row), expectedFacts(one)];
    return [
      ...(isDeepStrictEqual(is, should)
        ? []
        : [`row ${index + 1}: ${JSON.stringify(is)} is not ${JSON.stringify(should)}`]),
      ...instant(`row ${index + 1} started`, row.startedAt, one.started),
      ...instant(`row ${index + 1} answered`, row.answeredAt, one.answered),
      ...instant(`row ${index + 1} ended`, row.endedAt, one.ended),
      ...length(`row ${index + 1} talked`, row.billableS, one.talked ?? []),
      ...(one.held === null && row.holdS === null ? [] : length(`row ${index + 1} held`, row.holdS, one.held ?? [])),
    ];
  });
}

const factsOfRow = (row: ReportCallRow): Facts => ({
  type: row.type,
  source: row.source,
  destination: row.destination,
  user: row.userName,
  kind: row.userKind,
  telephone: row.telephoneName,
  seated: row.seatedAgentName,
  queue: row.queue,
  prefix: row.prefix,
  disposition: row.disposition,
  endedBy: row.endedBy,
});

const expectedFacts = (one: ExpectedRow): Facts => ({
  type: one.type,
  source: one.source,
  destination: one.destination,
  user: one.agent ?? one.telephone,
  kind: one.agent !== undefined ? "agent" : one.telephone === null ? null : "telephone",
  telephone: one.telephone,
  seated: one.agent ?? NAMES[one.telephone ?? ""] ?? null,
  queue: one.queue ?? null,
  prefix: one.prefix ?? null,
  disposition: one.disposition,
  endedBy: one.endedBy,
});

function instant(what: string, is: string | null, between: Between | null): string[] {
  if (between === null) return is === null ? [] : [`${what} at ${is} instead of never`];
  const [caused, noticed] = between;
  if (Number.isNaN(caused + noticed)) return [`${what}: not seen by whoever should have`];
  if (is === null) return [`${what}: no`];
  const ms = Date.parse(is);
  const fits = ms >= caused - TOLERANCE_MS && ms <= noticed + TOLERANCE_MS;
  return fits
    ? []
    : [`${what} at ${is}: ${ms - caused} ms after it was caused, ${noticed - ms} ms before it was noticed`];
}

function length(what: string, seconds: number | null, spans: readonly (readonly [Between, Between])[]): string[] {
  let [least, most] = [0, 0];
  for (const [[fromCaused, fromNoticed], [toCaused, toNoticed]] of spans) {
    least += Math.max(0, toCaused - fromNoticed);
    most += toNoticed - fromCaused;
  }
  if (seconds === null) return [`${what}: unknown`];
  const ms = seconds * 1000;
  const fits = ms >= least - TOLERANCE_MS && ms <= most + TOLERANCE_MS;
  return fits ? [] : [`${what} ${ms} ms instead of ${least} to ${most}`];
}

/** Keeps a scenario's journal beside the rows that have just been proved, for the tests of the fold. */
function record(name: string, lines: readonly string[]): void {
  const folder = join(import.meta.dirname, "../fixtures/journals");
  const file = `scenario-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
  const calls = lines.filter((line) => !line.includes('"PERCH_RESTART"'));
  const ours = calls.filter((line) => /"userdeftype":"PERCH_(?:HOLD|UNHOLD|LISTENED)"/.test(line));
  const theirs = calls.filter((line) => !ours.includes(line));
  writeFileSync(join(folder, `${file}.jsonl`), `${theirs.join("\n")}\n`);
  if (ours.length > 0) writeFileSync(join(folder, `${file}.hold.jsonl`), `${ours.join("\n")}\n`);
  const table = tableOf(foldAll(factsOf(calls)));
  const proved = `Recorded by the scenario of this name, whose rows equal what its telephones and callers saw.`;
  writeFileSync(join(folder, `${file}.md`), `# ${name}\n\n${proved}\n\n${table}\n`);
}
