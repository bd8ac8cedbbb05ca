import { connect, type Socket } from "node:net";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { type AmiFields, type AmiMessage, AmiParser, formatAction } from "./ami-parser.ts";

/** What an action came to: Asterisk's yes with its headers, its no with its words, or nothing because the link is gone. */
export type AmiReply = { ok: true; message: AmiMessage } | { ok: false; why: string; gone?: true };
export type AmiList = { ok: true; items: AmiMessage[] } | { ok: false; why: string; gone?: true };

export interface AmiOptions {
  host: string;
  port: number;
  username: string;
  secret: string;
  clock: Clock;
  log: Log;
  onEvent(event: AmiMessage): void;
  /** Signed in, and Asterisk fully booted, which it has been for so long where it says so. */
  onUp(uptimeSeconds: number | null): void;
  onDown(why: string): void;
  /** Between 0 and 1; spreads reconnects. */
  random?: () => number;
  /** A link for actions alone, up as soon as it is signed in. */
  withoutEvents?: true;
  actionTimeoutMs?: number;
  silenceMs?: number;
}

const ACTION_TIMEOUT_MS = 10_000;
/** A long list may take longer than one answer, as long as it goes on: so many entries at least in each such time. */
const ENTRIES_A_LIMIT = 50;
/** After so long without a byte we ask whether somebody is there. */
const SILENCE_MS = 10_000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
/** More unanswered actions than any floor causes: Asterisk has stopped answering. */
const MOST_PENDING = 20_000;
/** The longest list is the contacts of 10,000 telephones; ten times that is a fault. */
const MOST_ITEMS = 100_000;

interface Pending {
  items: AmiMessage[] | null;
  /** An entry of the list has come: the next one has its time again. */
  goesOn(): void;
  settle(reply: AmiReply, items: AmiMessage[]): void;
}

/**
 * One connection to Asterisk's manager interface that keeps itself up. `onUp` and `onDown` alternate. An action sent
 * while it is down, or under way when it goes down, is answered `gone`. The secret is never logged.
 */
export class Ami {
  readonly #options: AmiOptions;
  readonly #pending = new Map<string, Pending>();
  #socket: Socket | null = null;
  #parser = new AmiParser();
  #state: "stopped" | "connecting" | "up" = "stopped";
  #lastId = 0;
  #retries = 0;
  #why = "not connected";
  #cancelRetry = (): void => {};
  #cancelSilence = (): void => {};

  constructor(options: AmiOptions) {
    this.#options = options;
  }

  get up(): boolean {
    return this.#state === "up";
  }

  /** Begins to connect and goes on until `stop`. */
  start(): void {
    if (this.#state !== "stopped") return;
    this.#state = "connecting";
    this.#connect();
  }

  stop(): void {
    const wasUp = this.up;
    this.#state = "stopped";
    this.#cancelRetry();
    this.#why = "stopped";
    this.#drop();
    if (wasUp) this.#options.onDown("stopped");
  }

  /** One action, one response. Never throws: what goes wrong is in the reply. */
  action(name: string, fields: AmiFields = {}): Promise<AmiReply> {
    return new Promise((resolve) => this.#send(name, fields, null, (reply) => resolve(reply)));
  }

  /** A list action: the events up to `…Complete` that carry its id. "Nothing found" is an empty list. */
  list(name: string, fields: AmiFields = {}): Promise<AmiList> {
    return new Promise((resolve) =>
      this.#send(name, fields, [], (reply, items) => {
        if (reply.ok) resolve({ ok: true, items });
        else if (/^No .*(found|matched)/i.test(reply.why)) resolve({ ok: true, items: [] });
        else resolve(reply);
      }),
    );
  }

  #send(name: string, fields: AmiFields, items: AmiMessage[] | null, settle: Pending["settle"]): void {
    const socket = this.#socket;
    if (socket === null || (!this.up && name !== "Login")) {
      settle({ ok: false, why: this.#why, gone: true }, []);
      return;
    }
    if (this.#pending.size >= MOST_PENDING) {
      settle({ ok: false, why: `${MOST_PENDING} actions are unanswered`, gone: true }, []);
      return;
    }
    this.#lastId += 1;
    const id = String(this.#lastId);
    const bytes = formatAction(name, id, fields);
    if (bytes === null) {
      settle({ ok: false, why: `${name}: a field holds a line break` }, []);
      return;
    }
    const timeoutMs = this.#options.actionTimeoutMs ?? ACTION_TIMEOUT_MS;
    const limit = () =>
      this.#options.clock.after(timeoutMs, () => {
        if (!this.#pending.delete(id)) return;
        settle({ ok: false, why: `${name}: no answer in ${timeoutMs} ms`, gone: true }, []);
      });
    let cancel = limit();
    let listed = 0;
    this.#pending.set(id, {
      items,
      goesOn: () => {
        listed += 1;
        if (listed % ENTRIES_A_LIMIT !== 0) return;
        cancel();
        cancel = limit();
      },
      settle: (reply, found) => {
        cancel();
        settle(reply, found);
      },
    });
    socket.write(bytes);
  }

  #connect(): void {
    const { host, port } = this.#options;
    const socket = connect({ host, port, noDelay: true, keepAlive: true });
    this.#socket = socket;
    this.#parser = new AmiParser();
    // Counts from the first attempt on: a peer that accepts and says nothing must not hold us for ever.
    this.#listenForSilence(socket);
    socket.on("data", (chunk) => {
      if (socket !== this.#socket) return;
      try {
        this.#listenForSilence(socket);
        for (const message of this.#parser.push(chunk)) this.#take(message);
      } catch (error) {
        this.#lost(socket, String(error));
      }
    });
    socket.on("error", (error) => this.#lost(socket, error.message));
    socket.on("close", () => this.#lost(socket, "Asterisk closed the link"));
  }

  #take(message: AmiMessage): void {
    if (message.Greeting !== undefined) {
      void this.#login();
    } else if (message.Response !== undefined) {
      this.#answer(message);
    } else if (message.Event !== undefined) {
      this.#event(message);
    }
  }

  async #login(): Promise<void> {
    const { username, secret, withoutEvents } = this.#options;
    const socket = this.#socket;
    const events = withoutEvents ? "off" : "on";
    const reply = await this.action("Login", { Username: username, Secret: secret, Events: events });
    if (!reply.ok && socket !== null) this.#lost(socket, `login: ${reply.why}`);
    else if (reply.ok && withoutEvents) this.#becomeUp(null);
  }

  #answer(message: AmiMessage): void {
    const id = message.ActionID ?? "";
    const pending = this.#pending.get(id);
    if (pending === undefined) return; // answered after its time-out
    const ok = message.Response !== "Error";
    if (ok && pending.items !== null && message.EventList !== undefined) return; // its items follow
    this.#pending.delete(id);
    if (ok) pending.settle({ ok: true, message }, []);
    else pending.settle({ ok: false, why: message.Message ?? "refused" }, []);
  }

  #event(event: AmiMessage): void {
    const pending = event.ActionID === undefined ? undefined : this.#pending.get(event.ActionID);
    if (pending?.items) {
      this.#item(event, pending, pending.items);
      return;
    }
    if (event.Event === "FullyBooted") {
      this.#becomeUp(/^[0-9]+$/.test(event.Uptime ?? "") ? Number(event.Uptime) : null);
    }
    if (this.up) this.#options.onEvent(event);
  }

  #becomeUp(uptimeSeconds: number | null): void {
    if (this.#state !== "connecting") return;
    this.#state = "up";
    this.#retries = 0;
    this.#options.onUp(uptimeSeconds);
  }

  #item(event: AmiMessage, pending: Pending, items: AmiMessage[]): void {
    const complete = event.EventList === "Complete";
    const failed = event.EventList === "Cancelled" || items.length >= MOST_ITEMS;
    if (!complete && !failed) {
      items.push(event);
      pending.goesOn();
      return;
    }
    this.#pending.delete(event.ActionID ?? "");
    if (complete) pending.settle({ ok: true, message: event }, items);
    else pending.settle({ ok: false, why: `the list broke off after ${items.length} entries` }, []);
  }

  #listenForSilence(socket: Socket): void {
    this.#cancelSilence();
    const silenceMs = this.#options.silenceMs ?? SILENCE_MS;
    this.#cancelSilence = this.#options.clock.after(silenceMs, () => {
      if (!this.up) {
        this.#lost(socket, `no sign of life in ${silenceMs} ms`);
        return;
      }
      this.#cancelSilence = this.#options.clock.after(silenceMs, () =>
        this.#lost(socket, `no sign of life in ${2 * silenceMs} ms`),
      );
      void this.action("Ping"); // any byte that comes back counts
    });
  }

  #lost(socket: Socket, why: string): void {
    if (socket !== this.#socket) return;
    const wasUp = this.up;
    this.#why = why;
    if (this.#state !== "stopped") this.#state = "connecting";
    this.#drop();
    if (wasUp) this.#options.onDown(why);
    if (this.#state === "stopped") return;
    const waitMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(this.#retries, 10), LONGEST_RETRY_MS);
    // Half to all of the wait, so that several nodes do not return at the same moment.
    const jitteredMs = Math.round(waitMs * (0.5 + (this.#options.random ?? Math.random)() / 2));
    const level = this.#retries === 0 ? "warn" : "debug";
    this.#options.log[level]({ why, retryMs: jitteredMs }, "no link to Asterisk's manager");
    this.#retries += 1;
    this.#cancelRetry = this.#options.clock.after(jitteredMs, () => this.#connect());
  }

  #drop(): void {
    this.#cancelSilence();
    const socket = this.#socket;
    this.#socket = null;
    socket?.destroy();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { settle } of pending) settle({ ok: false, why: this.#why, gone: true }, []);
  }
}
