import { daysOfPeriod, instantsOfDays, REPORT_PERIODS } from "../../contract/report-period.ts";
import type { Delivery, DeliveryBody, ReportAsked } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Listed } from "../listing.ts";
import type { Log } from "../log.ts";
import type { Mail } from "../mail/mail-service.ts";
import { Refusal } from "../refusal.ts";
import { clockOf, plainCell, type ReportFile } from "../reports/report-file.ts";
import type { ReportSources } from "../reports/report-sources.ts";
import type { ChangeService } from "../staff/change-service.ts";
import { type Actor, may } from "../staff/permission.ts";
import { deliveryMail } from "./delivery-mail.ts";
import {
  countDeliveries,
  type DueDelivery,
  deleteDelivery,
  endAttempt,
  firstTry,
  insertDelivery,
  listDeliveries,
  MOST_DELIVERIES,
  takeDue,
  updateDelivery,
} from "./delivery-store.ts";
import { latestTime, nextTime, tryAgainAt } from "./delivery-time.ts";

/** Reports that go out by mail at their time. */
export interface DeliveryService {
  list(): Promise<Listed<Delivery>>;
  create(actor: Actor, body: DeliveryBody): Promise<Delivery | Refusal>;
  change(actor: Actor, id: number, body: DeliveryBody): Promise<Delivery | Refusal>;
  remove(actor: Actor, id: number): Promise<Refusal | undefined>;
  start(): void;
  stop(): Promise<void>;
  /** Resolves when nothing is being sent and nothing is due; for tests. */
  settled(): Promise<void>;
}

/** Other processes may have changed what is due, and clocks jump: looked at this often at least. */
const LOOK_MS = 60_000;
/** Larger ones do not get through most mail servers. */
const LARGEST_BYTES = 15 * 1024 * 1024;

const unknown = (id: number) => new Refusal("not-found", `There is no delivery ${id}.`);

export function createDeliveryService(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  changes: ChangeService;
  settings: { current(): { timeZone: string; firstDayOfWeek: number; houseName: string } };
  sources: ReportSources;
  send(mail: Mail): Promise<string | null>;
  alarm(alarm: { subject: string; kind: string; words: string; times: number }): Promise<void>;
}): DeliveryService {
  const { db, clock, log, changes, settings, sources } = deps;
  let running = false;
  let cancel = () => {};
  let work: Promise<void> = Promise.resolve();

  const dueOf = (body: DeliveryBody) =>
    body.enabled ? nextTime(body, clock.now(), settings.current().timeZone) : null;
  const check = async (actor: Actor, body: DeliveryBody): Promise<Refusal | null> => {
    if (sources.titleOf(actor, body.report) === null) {
      return new Refusal("reference.unknown", `There is no report "${body.report}".`, { field: "report" });
    }
    const answer = await sources.answer(actor, body.report, { ...body.asked, period: body.period, ...ONE_ROW });
    return answer instanceof Refusal ? answer : null;
  };

  /** One attempt. Null: it is sent. */
  const attempt = async (delivery: DueDelivery): Promise<string | null> => {
    const role = delivery.ownerRole;
    const owner = role === "admin" || role === "supervisor" ? ({ staffId: delivery.ownerId, role } as const) : null;
    if (owner === null || !delivery.ownerThere || !may(owner, "reports.read")) {
      return "Who set it up may not read reports any more.";
    }
    const { timeZone, firstDayOfWeek, houseName } = settings.current();
    const period = REPORT_PERIODS.find((one) => one === delivery.period);
    if (period === undefined) return `There is no period "${delivery.period}".`;
    // Of the time it was due at, however late it goes out.
    const days = daysOfPeriod(period, delivery.dueAt.toISOString(), { zone: timeZone, firstDay: firstDayOfWeek });
    const asked: ReportAsked = { ...delivery.asked, ...instantsOfDays(days, timeZone) };
    const file = await sources.file(owner, delivery.report, delivery.format, asked);
    if (file instanceof Refusal) return file.title;
    const content = await bytesOf(file);
    if (content === null) return "The file is larger than 15 MB. Narrow the report, or ask for a shorter period.";
    const answer = await sources.answer(owner, delivery.report, asked);
    if (answer instanceof Refusal) return answer.title;
    const clockText = clockOf(timeZone);
    const words = deliveryMail({
      title: sources.titleOf(owner, delivery.report) ?? delivery.report,
      days: days.from === days.to ? days.from : `${days.from} to ${days.to}`,
      columns: answer?.columns ?? [],
      rows: answer?.rows.map(({ cells }) => cells) ?? [],
      totals: answer?.totals ?? null,
      cell: (value, { kind }) => readable(value, kind, clockText),
    });
    return deps.send({
      to: delivery.recipients,
      subject: `${delivery.subject} (${houseName})`,
      ...words,
      attachment: { name: `${days.from} ${file.name}`, type: file.type, content },
      messageId: `<perch-${delivery.id}-${delivery.dueAt.getTime()}@perch.invalid>`,
    });
  };

  const one = async (delivery: DueDelivery): Promise<void> => {
    const zone = settings.current().timeZone;
    const latest = { ...delivery, dueAt: latestTime(delivery, delivery.dueAt, clock.now(), zone) };
    const words = await attempt(latest).catch((error: unknown) => {
      log.error({ err: error, delivery: delivery.id }, "a report could not be made for its delivery");
      return "The report could not be made; the log says why.";
    });
    const now = clock.now();
    const again = words === null ? null : tryAgainAt(delivery.failures, now);
    const dueAt = again === null ? nextTime(delivery, now, zone) : delivery.dueAt;
    const next = { dueAt, tryAt: again ?? dueAt, failures: again === null ? 0 : delivery.failures };
    await inTransaction(db, (tx) => endAttempt(tx, delivery, { at: now, words, next }));
    if (words === null || again !== null) return;
    await deps.alarm({
      subject: `delivery ${delivery.id}`,
      kind: "a report was not delivered",
      words: `"${delivery.subject}" was not sent to ${delivery.recipients.join(", ")}: ${words}`,
      times: delivery.failures,
    });
  };

  const look = async (): Promise<void> => {
    try {
      for (;;) {
        const now = clock.now();
        const due = running ? await takeDue(db, now, tryAgainAt(2, now) ?? now) : null;
        if (due === null) break;
        await one(due);
      }
      if (running) await sleep();
    } catch (error) {
      log.error({ err: error }, "reports that are due could not be sent");
      if (running) cancel = clock.after(LOOK_MS, wake);
    }
  };
  const sleep = async () => {
    const first = await firstTry(db);
    const ms = first === null ? LOOK_MS : Math.max(0, first.getTime() - clock.now().getTime());
    cancel = clock.after(Math.min(ms, LOOK_MS), wake);
  };
  /** Looks once what goes on is done: never two at once. */
  const wake = () => {
    cancel();
    work = work.then(look);
  };
  const woken = <T>(answer: T): T => {
    if (running) wake();
    return answer;
  };
  const read = async (tx: Parameters<typeof listDeliveries>[0], id: number) =>
    (await listDeliveries(tx, id))[0] ?? unknown(id);

  return {
    list: async () => ({ rows: await listDeliveries(db), next: null }),
    async create(actor, body) {
      const refused = await check(actor, body);
      if (refused !== null) return refused;
      return woken(
        await changes.run<Delivery>(actor, async (tx) => {
          if ((await countDeliveries(tx)) >= MOST_DELIVERIES) {
            return new Refusal("reference.in-use", `A house has ${MOST_DELIVERIES} deliveries at most.`);
          }
          const id = await insertDelivery(tx, actor.staffId, body, dueOf(body));
          const result = await read(tx, id);
          if (result instanceof Refusal) return result;
          return { result, action: "delivery.create", subject: `delivery ${id}`, facts: { ...body } };
        }),
      );
    },
    async change(actor, id, body) {
      const refused = await check(actor, body);
      if (refused !== null) return refused;
      return woken(
        await changes.run<Delivery>(actor, async (tx) => {
          if (!(await updateDelivery(tx, id, body, dueOf(body)))) return unknown(id);
          const result = await read(tx, id);
          if (result instanceof Refusal) return result;
          return { result, action: "delivery.change", subject: `delivery ${id}`, facts: { ...body } };
        }),
      );
    },
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        if (!(await deleteDelivery(tx, id, clock.now()))) return unknown(id);
        return { result: undefined, action: "delivery.remove", subject: `delivery ${id}` };
      }),
    start() {
      running = true;
      wake();
    },
    async stop() {
      running = false;
      cancel();
      await work;
    },
    async settled() {
      for (let seen = null; seen !== work; ) {
        seen = work;
        await work;
      }
    },
  };
}

/** A list is tried with as little as it can give. */
const ONE_ROW = { limit: "1" };

/** All of a file; null where it is too large to be sent. */
async function bytesOf({ stream }: ReportFile): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream) {
    const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece));
    length += bytes.length;
    if (length > LARGEST_BYTES) return null;
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

function readable(
  value: string | number,
  kind: Parameters<typeof plainCell>[1],
  clock: (instant: string) => string,
): string {
  if (typeof value !== "number") return String(plainCell(value, kind, clock));
  if (kind === "percent") return `${value.toFixed(1)} %`;
  if (kind !== "seconds") return value.toLocaleString("en", { maximumFractionDigits: 1 });
  const whole = Math.round(value);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
