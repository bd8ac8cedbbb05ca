import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type CallHouse, callHouse } from "../../test/call-house.ts";
import { recordedLines } from "../../test/journal-fixture.ts";
import { until } from "../../test/until.ts";
import { createJournalReader } from "../asterisk/journal-reader.ts";
import { systemClock } from "../clock.ts";
import { openDatabase } from "../db/pool.ts";
import { memoryHub } from "../hub.ts";
import { createJournalService, type JournalService } from "./journal-service.ts";

let house: CallHouse;
let directory: string;
let service: JournalService;
let folded: string[];
const lines = recordedLines("queue-blind-transfer-to-queue");

beforeAll(async () => {
  house = await callHouse();
});
afterAll(() => house?.end());
beforeEach(async () => {
  await house.clear();
  directory = mkdtempSync(join(tmpdir(), "perch-journal-"));
  folded = [];
});
afterEach(async () => {
  await service.stop();
  rmSync(directory, { recursive: true });
});

const write = (...texts: string[]) =>
  appendFileSync(join(directory, "journal.jsonl"), texts.map((text) => `${text}\n`).join(""));

function start(db = house.db, maxLines = 2000): JournalService {
  const hub = memoryHub(() => {});
  hub.subscribe((news) => news.type === "call.folded" && folded.push(news.linkedId));
  const { log, ...deps } = house.deps;
  service = createJournalService({
    ...{ ...deps, db, log, clock: systemClock, hub },
    settings: { current: () => house.settings, onChange: () => () => {} },
    source: createJournalReader({ directory, names: ["journal"], clock: systemClock, log, pollMs: 20, maxLines }),
  });
  service.start();
  return service;
}

const rows = async () => (await house.everything()).rows;

describe("following the journal", () => {
  test("stores what is there and what comes, tells of it, and has no lag then", async () => {
    write(...lines.slice(0, 12));
    start();
    expect(service.lagMs()).toBeNull();
    await until("the first part is folded", async () => (await rows()).length === 1);
    write(...lines.slice(12));
    await until("both rows are there", async () => (await rows()).filter((row) => row.ended_at !== null).length === 2);
    await until("it is read to its end", () => service.lagMs() === 0);
    expect(new Set(folded).size).toBe(1);
  });

  test("stopped at any line and started again, each line counts once", async () => {
    write(...lines);
    start();
    await until("both rows are there", async () => (await rows()).length === 2);
    await service.stop();
    const whole = await house.everything();
    for (let at = 1; at < lines.length; at += 5) {
      await house.clear();
      rmSync(join(directory, "journal.jsonl"));
      write(...lines.slice(0, at));
      start(house.db, 3);
      await until("the first part is read", () => service.lagMs() === 0);
      await service.stop();
      write(...lines.slice(at));
      start(house.db, 4);
      await until("the rest is read", () => service.lagMs() === 0);
      await service.stop();
      expect(await house.everything()).toEqual(whole);
    }
  });

  test("waits for a database that is away, at the start and in between, and loses nothing", async () => {
    const road = await roadTo(house.url);
    const db = openDatabase(road.url, { onError: () => {}, connectTimeoutMs: 500 });
    road.close();
    write(...lines.slice(0, 12));
    start(db);
    await until("it has tried in vain", () => road.refused() > 1);
    expect(service.lagMs()).toBeNull();
    road.open();
    await until("the first part is folded", async () => (await rows()).length === 1);
    road.close();
    write(...lines.slice(12));
    await until("it lags", () => (service.lagMs() ?? 0) > 0);
    road.open();
    await until("both rows are there", async () => (await rows()).length === 2, { timeoutMs: 15_000 });
    await until("it has caught up", () => service.lagMs() === 0);
    expect(await house.db.selectFrom("journal_lines").select("byte").execute()).toHaveLength(lines.length);
    await service.stop();
    await db.destroy();
    await road.end();
  });

  test("counts damaged lines, and goes on behind them", async () => {
    write("nonsense", ...lines, "{");
    start();
    await until("both rows are there", async () => (await rows()).length === 2);
    await until("both were counted", () => service.damagedLines() === 2);
    await service.stop();
    start();
    await until("they are known after a restart", () => service.damagedLines() === 2);
  });
});

/** A way to the database that can be cut: connections end, new ones are ended at once. */
async function roadTo(url: string) {
  const to = new URL(url);
  const { hostname, port } = to;
  const sockets = new Set<Socket>();
  let closed = false;
  let refused = 0;
  const server = createServer((socket) => {
    if (closed) {
      refused += 1;
      socket.destroy();
      return;
    }
    const there = connect(Number(port), hostname);
    for (const [one, other] of [
      [socket, there],
      [there, socket],
    ] as const) {
      sockets.add(one);
      one
        .on("error", () => {})
        .on("close", () => {
          sockets.delete(one);
          other.destroy();
        });
    }
    socket.pipe(there).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  to.port = String(typeof address === "object" ? address?.port : "");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: to.href,
    refused: () => refused,
    open() {
      closed = false;
    },
    close() {
      closed = true;
      cut();
    },
    async end() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
