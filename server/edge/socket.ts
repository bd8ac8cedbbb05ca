import type { IncomingMessage, Server } from "node:http";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { BEAT_MS, CLOSE } from "../../contract/protocol.ts";
import type { Me } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { Desktop, Desktops } from "../sessions/desktops.ts";
import { decideSecondDesktop } from "../sessions/second-desktop.ts";
import type { SettingService } from "../staff/setting-service.ts";
import type { SignInService } from "../staff/sign-in-service.ts";
import { isForeignOrigin, readCredentials } from "./credentials.ts";
import { createLiveConnection } from "./live-connection.ts";
import type { LiveFeed } from "./live-feed.ts";

/** The live socket, `GET /api/v1/live`. */
export interface LiveSocket {
  start(): void;
  /** Tells every desktop that the server stops. */
  stop(): void;
  /** Takes upgrades of this server that are for the live path; answers the others with 404. */
  attach(server: Server): void;
}

const LIVE_PATH = "/api/v1/live";

/** Desktops say nothing on this line; what they want travels over HTTP. */
const MAX_PAYLOAD = 1024;
const MOST_LINES = 10_000;
const MOST_LINES_A_PERSON = 20;
/** How often a sign-in that may have expired is looked at, in beats. */
const RECHECK_BEATS = 12;

/** A closing frame takes 123 bytes (RFC 6455, 5.5); our words are ASCII. */
const LONGEST_REASON = 120;

/** Somebody who may open a line. */
interface Admitted {
  me: Me;
  token: string;
  signedInAt: Date;
}

/** Builds the socket; `start` begins the beat. */
export function createLiveSocket(deps: {
  clock: Clock;
  hub: Hub;
  log: Log;
  feed: LiveFeed;
  desktops: Desktops;
  settings: Pick<SettingService, "current">;
  signIns: Pick<SignInService, "authenticate" | "me" | "signOut" | "signedInAt">;
}): LiveSocket {
  const { clock, hub, log, feed, desktops, settings, signIns } = deps;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD, perMessageDeflate: false });
  let cancelBeat = () => {};
  let unsubscribe = () => {};
  let stopped = true;
  let beats = 0;

  const closeWhere = (match: (line: { me: Me; token: string }) => boolean) => {
    for (const line of [...feed.all()]) if (match(line)) line.close(CLOSE.signInRequired, "sign in again");
  };
  /** Closes the lines whose sign-in has ended: of one person, or of all. */
  const recheck = async (staffId: number | "all") => {
    const lines = [...feed.all()].filter(({ me }) => staffId === "all" || me.id === staffId);
    for (const token of new Set(lines.map((line) => line.token))) {
      if ((await signIns.authenticate(token)) === null) closeWhere((line) => line.token === token);
    }
  };
  const recheckInBackground = (staffId: number | "all") => {
    recheck(staffId).catch((error: unknown) =>
      log.warn({ err: error }, "sign-ins of live lines could not be looked at"),
    );
  };
  const beat = () => {
    for (const line of [...feed.all()]) line.beat();
    beats += 1;
    if (beats % RECHECK_BEATS === 0) {
      recheckInBackground("all");
    }
    if (!stopped) cancelBeat = clock.after(BEAT_MS, beat);
  };

  /** Who opens a line; null is nobody we know. A cookie goes along with any page's request: its origin is looked at. */
  const admit = async (request: IncomingMessage): Promise<Admitted | { status: string } | null> => {
    if (stopped) return { status: "503 Service Unavailable" };
    const credentials = readCredentials(request.headers);
    if (credentials?.from === "cookie" && isForeignOrigin(request.headers)) return { status: "403 Forbidden" };
    const actor = credentials === null ? null : await signIns.authenticate(credentials.token);
    if (credentials === null || actor === null) return null;
    const me = await signIns.me(actor.staffId);
    const signedInAt = await signIns.signedInAt(credentials.token);
    if (me instanceof Refusal || signedInAt === null) return null;
    const lines = [...feed.all()];
    const mine = lines.filter((line) => line.me.id === me.id).length;
    if (lines.length >= MOST_LINES || mine >= MOST_LINES_A_PERSON) return { status: "429 Too Many Requests" };
    return { me, token: credentials.token, signedInAt };
  };

  /** An agent's other desktops leave, where the house has him at one. */
  const sendAway = (me: Me, leaving: Desktop[], words: string) => {
    const tokens = new Set(leaving.map(({ signIn }) => signIn));
    for (const line of [...feed.all()]) {
      if (line.me.id === me.id && tokens.has(line.token)) line.close(CLOSE.replaced, words);
    }
    for (const token of tokens) {
      signIns.signOut(token).catch((error: unknown) => log.warn({ err: error }, "a desktop could not be signed out"));
    }
  };

  const open = (request: IncomingMessage, stream: Duplex, head: Buffer, admitted: Admitted) => {
    const { me, token } = admitted;
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on("error", (error) => log.debug({ err: error }, "a live line broke"));
      const desktop: Desktop = { signIn: token, address: addressOf(request), since: clock.now() };
      if (me.role === "agent") {
        const { secondLogin: policy, timeZone } = settings.current();
        const there = desktops.of(me.id);
        const second = decideSecondDesktop({ policy, timeZone, there, signIn: token, now: clock.now() });
        if (second instanceof Refusal) {
          // A browser's script cannot read why an upgrade was refused, but it can read why a socket was closed.
          socket.close(CLOSE.elsewhere, second.title.slice(0, LONGEST_REASON));
          return;
        }
        sendAway(me, second.leaving, second.words);
        desktops.came(me.id, desktop);
      }
      const line = createLiveConnection({ socket, ...admitted, clock });
      socket.on("close", () => {
        feed.remove(line);
        if (me.role === "agent") desktops.left(me.id, desktop);
      });
      feed.add(line).catch((error: unknown) => {
        log.warn({ err: error, staffId: me.id }, "a snapshot could not be made");
        line.close(1011, "could not be read");
      });
    });
  };

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const refuse = (status: string) =>
      stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    stream.on("error", () => stream.destroy());
    if ((request.url ?? "/").split("?", 1)[0] !== LIVE_PATH) {
      refuse("404 Not Found");
      return;
    }
    admit(request).then(
      (answer) => {
        if (answer === null) {
          // A browser's script cannot read the status of a refused upgrade, but it can read why a socket was closed.
          sockets.handleUpgrade(request, stream, head, (socket) => socket.close(CLOSE.signInRequired, "sign in"));
        } else if ("status" in answer) refuse(answer.status);
        else open(request, stream, head, answer);
      },
      (error: unknown) => {
        log.warn({ err: error }, "a live line could not be admitted");
        refuse("503 Service Unavailable");
      },
    );
  };

  return {
    start() {
      stopped = false;
      cancelBeat = clock.after(BEAT_MS, beat);
      unsubscribe = hub.subscribe((news) => {
        if (news.type === "staff.removed") closeWhere(({ me }) => me.id === news.staffId);
        if (news.type === "sign-in.ended") recheckInBackground(news.staffId);
      });
    },
    stop() {
      stopped = true;
      cancelBeat();
      unsubscribe();
      for (const line of [...feed.all()]) line.close(CLOSE.stopping, "the server stops");
    },
    attach(server) {
      server.on("upgrade", upgrade);
    },
  };
}

/** Where a line comes from. A proxy on this machine may say for whom it asks; nobody else may. */
function addressOf({ socket, headers }: IncomingMessage): string {
  const address = socket.remoteAddress ?? "somewhere";
  const forwarded = /^(127\.|::1$|::ffff:127\.)/.test(address) ? headers["x-forwarded-for"] : undefined;
  const said = (Array.isArray(forwarded) ? forwarded.join(",") : forwarded)?.split(",").at(-1)?.trim();
  return said !== undefined && isIP(said) !== 0 ? said : address.replace("::ffff:", "");
}
