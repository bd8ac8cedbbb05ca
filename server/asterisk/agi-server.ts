import { timingSafeEqual } from "node:crypto";
import { createServer, type Server, type Socket } from "node:net";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { CallerGone, type VoiceHandler, type VoiceLanguage, type VoiceName } from "../voice-dialogue.ts";
import { type AgiMessage, AgiParser } from "./agi-parser.ts";
import { AgiSession } from "./agi-session.ts";
import { VOICE_DONE_VARIABLE, VOICE_SECRET_VARIABLE } from "./names.ts";

export interface AgiServer {
  /** Who leads the dialogues of that name. */
  serve(name: VoiceName, handler: VoiceHandler): void;
  /** Listens on loopback, on that port or, where somebody has taken it, on another; answers which. */
  start(port: number): Promise<number>;
  stop(): Promise<void>;
}

/** A peer that connects and says nothing is sent away after so long. */
const HEAD_MS = 5_000;
/** More calls led by us at once, waiting and talking ones among them, than a node carries. */
const MOST_SESSIONS = 10_000;

/**
 * Takes the calls that the dial plan hands over (FastAGI), on loopback, each to whom it is for by the name in its
 * address. A secret that the call carries keeps other programs of this machine from playing Asterisk.
 */
export function createAgiServer(deps: {
  clock: Clock;
  log: Log;
  secret: string;
  /** Under which the voices lie. */
  soundDir: string;
}): AgiServer {
  const { clock, log } = deps;
  const secret = Buffer.from(deps.secret);
  const handlers = new Map<string, VoiceHandler>();
  const sockets = new Set<Socket>();
  let server: Server | null = null;

  const isOurs = async (session: AgiSession): Promise<boolean> => {
    const given = Buffer.from((await session.get(VOICE_SECRET_VARIABLE)) ?? "");
    return given.length === secret.length && timingSafeEqual(given, secret);
  };

  const lead = async (session: AgiSession, handler: VoiceHandler, socket: Socket) => {
    const { channelId, dialled } = session.call;
    try {
      if (!(await isOurs(session))) throw new Error("a call without the secret of our dial plan");
      const goesOn = (await handler(session)) === "goes-on";
      // Without it the dial plan apologises, or falls back to what comes next.
      if (!session.gone.aborted) await session.set(VOICE_DONE_VARIABLE, goesOn ? "next" : "yes");
    } catch (error) {
      if (!(error instanceof CallerGone)) log.error({ err: error, channelId, dialled }, "a voice dialogue failed");
    } finally {
      socket.end();
    }
  };

  const begin = (headers: Readonly<Record<string, string>>, socket: Socket): AgiSession | null => {
    const handler = handlers.get(headers.agi_network_script ?? "");
    if (handler === undefined) {
      log.warn({ channelId: headers.agi_uniqueid }, "a call was handed over that nobody here waits for");
      socket.destroy();
      return null;
    }
    const language = languageOf(headers.agi_language);
    const session = new AgiSession(headers, { socket, clock, language, soundDir: deps.soundDir, log });
    void lead(session, handler, socket);
    return session;
  };

  const accept = (socket: Socket) => {
    if (sockets.size >= MOST_SESSIONS) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.setNoDelay(true);
    const parser = new AgiParser();
    let session: AgiSession | null = null;
    const cancelHead = clock.after(HEAD_MS, () => socket.destroy());
    const take = (message: AgiMessage) => {
      if (message.type !== "head") {
        session?.take(message);
        return;
      }
      cancelHead();
      session = begin(message.headers, socket);
    };
    socket.on("data", (chunk) => {
      try {
        for (const message of parser.push(chunk)) take(message);
      } catch (error) {
        log.warn({ err: error }, "a call that was handed over cannot be understood");
        socket.destroy();
      }
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      cancelHead();
      sockets.delete(socket);
      session?.leave();
    });
  };

  return {
    serve(name, handler) {
      handlers.set(name, handler);
    },
    async start(port) {
      const made = createServer(accept);
      server = made;
      return listen(made, port).catch((error: unknown) => {
        log.warn({ err: error, port }, "the port of voice dialogues is taken; taking another");
        return listen(made, 0);
      });
    },
    async stop() {
      const stopping = server;
      server = null;
      if (stopping === null) return;
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => stopping.close(() => resolve()));
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1" }, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function languageOf(code: string | undefined): VoiceLanguage {
  return code === "it" || code === "es" || code === "fr" ? code : "en";
}
