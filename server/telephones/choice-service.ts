import type { Choice } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import type { SettingService } from "../staff/setting-service.ts";
import { createStaleReader } from "../stale-reader.ts";
import { type ChoiceViewer, choiceOf, isNoneRegistered, type TelephoneRow } from "./choice.ts";
import { createChoiceList } from "./choice-list.ts";
import { readTelephones } from "./choice-store.ts";
import { timeoutMsOf } from "./disconnection-timeout.ts";
import type { RegistrationService } from "./registration-service.ts";

/** One telephone of the list is different now. `before` and `row` say who may see it: null means absent. */
export interface ChoiceChange {
  telephoneId: number;
  before: TelephoneRow | null;
  row: TelephoneRow | null;
  choice: Choice | null;
}

/**
 * The telephones that can be chosen, kept true in memory by the hub's news and by reading the database: 10,000 of them
 * are answered without asking it. A change is read some milliseconds after its news; `settled` waits for that.
 */
export interface ChoiceService {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** UTF-8 JSON of the contract's `Choices`, in pieces. */
  encode(viewer: ChoiceViewer): Buffer[];
  noneRegistered(): boolean;
  find(telephoneId: number): TelephoneRow | null;
  findByEndpoint(endpoint: string): TelephoneRow | null;
  /** Resolves when every change announced until now is in the list. */
  settled(): Promise<void>;
  /** Changes as they come into the list, all of one moment at once. The answer ends it. */
  onChange(listener: (changes: ChoiceChange[], noneRegistered: boolean) => void): () => void;
}

/** Builds the service; `start` reads everything once. */
export function createChoiceService(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  registration: RegistrationService;
  settings: Pick<SettingService, "current" | "onChange">;
}): ChoiceService {
  const { db, clock, hub, log, registration, settings } = deps;
  const list = createChoiceList();
  const byEndpoint = new Map<string, number>();
  const listeners = new Set<(changes: ChoiceChange[], noneRegistered: boolean) => void>();
  let noneRegistered = false;
  let registeredCount = 0;
  let enabledCount = 0;
  let stops: (() => void)[] = [];

  const timeoutMs = () => timeoutMsOf(settings.current());
  const listed = (row: TelephoneRow) => ({
    row,
    choice: choiceOf(row, registration.registered(row.endpoint), timeoutMs()),
  });
  const count = (row: TelephoneRow, choice: Choice, by: 1 | -1) => {
    // Whether any device is registered: at a number outside none ever is.
    if (!row.enabled || row.line === "remote") return;
    enabledCount += by;
    if (choice.registered) registeredCount += by;
  };

  /** Puts the row in place and says whether anything a person can see is different. */
  const put = (id: number, row: TelephoneRow | null): ChoiceChange | null => {
    const before = list.get(id);
    const after = row === null ? null : listed(row);
    if (before !== null) count(before.row, before.choice, -1);
    if (before !== null && byEndpoint.get(before.row.endpoint) === id) byEndpoint.delete(before.row.endpoint);
    if (after !== null) count(after.row, after.choice, 1);
    if (after !== null) byEndpoint.set(after.row.endpoint, id);
    if (before === null && after === null) return null;
    const same =
      before !== null &&
      after !== null &&
      before.row.ownerAgentId === after.row.ownerAgentId &&
      JSON.stringify(before.choice) === JSON.stringify(after.choice);
    if (!same || before?.row.endpoint !== row?.endpoint) list.set(id, after);
    return same ? null : { telephoneId: id, before: before?.row ?? null, row, choice: after?.choice ?? null };
  };
  const tell = (changes: (ChoiceChange | null)[]) => {
    const seen = changes.filter((change) => change !== null);
    const was = noneRegistered;
    noneRegistered = isNoneRegistered(registration.isKnown(), enabledCount, registeredCount);
    list.setNoneRegistered(noneRegistered);
    if (seen.length === 0 && was === noneRegistered) return;
    for (const listener of listeners) listener(seen, noneRegistered);
  };

  const readAll = async () => {
    const rows = await readTelephones(db, "all");
    const found = new Set(rows.map((row) => row.id));
    const gone = list.all().filter(({ row }) => !found.has(row.id));
    if (list.all().length === 0) {
      list.replaceAll(rows.map(listed));
      for (const { row, choice } of list.all()) {
        byEndpoint.set(row.endpoint, row.id);
        count(row, choice, 1);
      }
      tell(rows.map((row) => ({ telephoneId: row.id, before: null, row, choice: list.get(row.id)?.choice ?? null })));
    } else {
      tell([...gone.map(({ row }) => put(row.id, null)), ...rows.map((row) => put(row.id, row))]);
    }
  };
  const readSome = async (ids: number[]) => {
    const rows = new Map((await readTelephones(db, ids)).map((row) => [row.id, row]));
    tell(ids.map((id) => put(id, rows.get(id) ?? null)));
  };
  const stale = createStaleReader({
    clock,
    log,
    failed: "the list of telephones could not be read; trying again",
    readAll,
    readSome,
  });
  const registrationChanged = (endpoint: string | null) => {
    if (endpoint === null) {
      tell(
        list
          .all()
          .map(({ row }) => row)
          .map((row) => put(row.id, row)),
      );
      return;
    }
    const id = byEndpoint.get(endpoint);
    const row = id === undefined ? undefined : list.get(id)?.row;
    if (row !== undefined) tell([put(row.id, row)]);
  };

  return {
    async start() {
      stale.start();
      for (const stop of stops) stop();
      stops = [
        registration.onRegistration(registrationChanged),
        settings.onChange(() => {
          // When a forgotten telephone frees itself has changed.
          tell(list.all().flatMap(({ row }) => (row.holding?.unattendedSince ? [put(row.id, row)] : [])));
        }),
        hub.subscribe((news) => {
          if (news.type === "telephone.changed") stale.some([news.telephoneId]);
          else if (news.type === "staff.removed") stale.some([news.staffId]);
          else if (news.type === "configuration.changed" || news.type === "act.broke-off") stale.all();
        }),
      ];
      await readAll();
    },
    async stop() {
      for (const stop of stops) stop();
      await stale.stop();
    },
    encode: (viewer) => list.encode(viewer),
    noneRegistered: () => noneRegistered,
    find: (telephoneId) => list.get(telephoneId)?.row ?? null,
    findByEndpoint(endpoint) {
      const id = byEndpoint.get(endpoint);
      return id === undefined ? null : (list.get(id)?.row ?? null);
    },
    settled: stale.settled,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
