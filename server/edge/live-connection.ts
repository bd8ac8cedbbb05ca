import type { WebSocket } from "ws";
import { CLOSE, PROTOCOL_VERSION } from "../../contract/protocol.ts";
import type { Me } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { ChoiceViewer } from "../telephones/choice.ts";

/** Bytes that may wait for one slow reader: some whole lists of 10,000 telephones. */
const MOST_BUFFERED = 16 * 1024 * 1024;
/** Beats without an answer after which the line counts as dead. */
const MISSED_BEATS = 3;
/** Events held back while the snapshot is being made. */
const LONGEST_BACKLOG = 1000;

/** One desktop's line: numbers its frames, holds back events until the snapshot is out, and gives up on who cannot follow. */
export interface LiveConnection {
  readonly me: Me;
  /** The sign-in's secret: never sent, never logged. */
  readonly token: string;
  readonly signedInAt: Date;
  readonly viewer: ChoiceViewer;
  /** Whether its snapshot has gone out. */
  ready: boolean;
  /** Something was announced while the snapshot was being made. */
  missed: boolean;
  /** Whether it shows telephones, and under which rule. */
  choicesShown: boolean;
  noneRegistered: boolean;
  /** The counts of items it shows, as JSON. */
  items: string;
  /** Who stands on it as the one who ended the session: it is sent again when he is called otherwise. */
  endedBy: number | null;
  /** Snapshot parts are JSON already. */
  hello(snapshot: Record<string, string>): void;
  /** The person's account was set up otherwise. */
  become(me: Me): void;
  /** An event as JSON, encoded once for all who get it. */
  send(event: string): void;
  beat(): void;
  close(code: number, reason: string): void;
}

/** Wraps an accepted socket. */
export function createLiveConnection(options: {
  socket: WebSocket;
  me: Me;
  token: string;
  signedInAt: Date;
  clock: Clock;
}): LiveConnection {
  const { socket, token, signedInAt, clock } = options;
  let { me } = options;
  let revision = 0;
  let unanswered = 0;
  let backlog: string[] = [];
  socket.on("pong", () => {
    unanswered = 0;
  });
  const at = () => clock.now().toISOString();
  const close = (code: number, reason: string) => {
    socket.close(code, reason);
    // A dead peer never answers the closing frame.
    clock.after(2000, () => socket.terminate());
  };
  const write = (frame: string) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MOST_BUFFERED) close(CLOSE.tooSlow, "too slow");
    else socket.send(frame);
  };
  const connection: LiveConnection = {
    get me() {
      return me;
    },
    get viewer() {
      return me.role === "agent" ? { agentId: me.id, hotdesk: me.hotdesk } : "all";
    },
    token,
    signedInAt,
    ready: false,
    missed: false,
    choicesShown: false,
    noneRegistered: false,
    items: "",
    endedBy: null,
    hello(parts) {
      const snapshot = Object.entries({ ...parts, serverNow: JSON.stringify(at()) })
        .map(([name, json]) => `${JSON.stringify(name)}:${json}`)
        .join(",");
      write(`{"protocol":${PROTOCOL_VERSION},"revision":${revision},"snapshot":{${snapshot}}}`);
      connection.ready = true;
      for (const event of backlog) connection.send(event);
      backlog = [];
    },
    become(now) {
      me = now;
    },
    send(event) {
      if (!connection.ready) {
        backlog.push(event);
        if (backlog.length > LONGEST_BACKLOG) close(CLOSE.tooSlow, "too much at once");
        return;
      }
      revision += 1;
      write(`{"revision":${revision},"at":"${at()}","event":${event}}`);
    },
    beat() {
      if (socket.readyState !== socket.OPEN) return;
      unanswered += 1;
      if (unanswered > MISSED_BEATS) {
        socket.terminate();
        return;
      }
      socket.ping();
      if (connection.ready) write(`{"beat":${revision},"at":"${at()}"}`);
    },
    close,
  };
  return connection;
}
