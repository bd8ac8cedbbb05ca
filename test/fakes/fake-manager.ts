import { createServer, type Socket } from "node:net";
import { type AmiMessage, AmiParser } from "../../server/asterisk/ami-parser.ts";
import type { FakeAction } from "./fake-actions.ts";

/** The connections of a fake Asterisk's manager: who is signed in, what is asked, what is refused. */
export interface FakeManager {
  /** Every action received except Login and Ping, in order. */
  readonly actions: AmiMessage[];
  readonly linked: boolean;
  /** To everybody who is signed in. */
  emit(event: string, fields: Record<string, string>): void;
  /** The next `times` actions of that name are answered Error; with no reason they are never answered. */
  refuse(action: string, why: string | null, times: number): void;
  /** Cuts the connections; with `refuseNew` nobody gets in until `accept`. */
  dropLink(refuseNew?: boolean): void;
  accept(): void;
  /** On this port of loopback, 0 for any; answers which. */
  listen(port: number, handlers: Record<string, FakeAction>): Promise<number>;
  stop(): Promise<void>;
}

/** Speaks the manager's protocol of Asterisk 22; what actions do is its handlers' matter. */
export function createFakeManager(username: string, secret: string): FakeManager {
  const sockets = new Set<Socket>();
  const signedIn = new Set<Socket>();
  const actions: AmiMessage[] = [];
  const refusals: { action: string; why: string | null; times: number }[] = [];
  let handlers: Record<string, FakeAction> = {};
  let accepting = true;

  const write = (socket: Socket, fields: Record<string, string>) =>
    socket.write(
      `${Object.entries(fields)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join("")}\r\n`,
    );
  const dropLink = (refuseNew = false) => {
    accepting = !refuseNew;
    for (const socket of sockets) socket.destroy();
  };

  const answerAction = (socket: Socket, action: AmiMessage) => {
    const head = action.ActionID === undefined ? {} : { ActionID: action.ActionID };
    if (action.Action === "Login") {
      if (action.Username !== username || action.Secret !== secret) {
        write(socket, { Response: "Error", ...head, Message: "Authentication failed" });
        return socket.end();
      }
      write(socket, { Response: "Success", ...head, Message: "Authentication accepted" });
      signedIn.add(socket);
      return write(socket, { Event: "FullyBooted", Privilege: "system,all", Status: "Fully Booted" });
    }
    if (!signedIn.has(socket)) return write(socket, { Response: "Error", ...head, Message: "Permission denied" });
    if (action.Action !== "Ping") actions.push(action);
    const refusal = refusals.find((each) => each.action === action.Action && each.times > 0);
    if (refusal !== undefined) {
      refusal.times -= 1;
      if (refusal.why !== null) write(socket, { Response: "Error", ...head, Message: refusal.why });
      return;
    }
    const handler = handlers[action.Action ?? ""];
    if (handler === undefined) {
      return write(socket, { Response: "Error", ...head, Message: "Invalid/unknown command" });
    }
    handler(action, {
      yes: (message) => write(socket, { Response: "Success", ...head, Message: message }),
      no: (message) => write(socket, { Response: "Error", ...head, Message: message }),
      list(complete, items) {
        write(socket, { Response: "Success", ...head, EventList: "start", Message: "A list will follow" });
        for (const item of items) write(socket, { ...item, ...head });
        write(socket, { Event: complete, ...head, EventList: "Complete", ListItems: String(items.length) });
      },
    });
  };

  const server = createServer((socket) => {
    if (!accepting) return socket.destroy();
    sockets.add(socket);
    socket.setNoDelay(true);
    const parser = new AmiParser();
    parser.push(Buffer.from("client\r\n")); // a client does not greet
    socket.on("data", (chunk) => {
      for (const message of parser.push(chunk)) answerAction(socket, message);
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      sockets.delete(socket);
      signedIn.delete(socket);
    });
    socket.write("Asterisk Call Manager/11.0.0\r\n");
  });

  return {
    actions,
    get linked() {
      return signedIn.size > 0;
    },
    emit(event, fields) {
      const at = (Date.now() / 1000).toFixed(6);
      for (const socket of signedIn) write(socket, { Event: event, Timestamp: at, ...fields });
    },
    refuse: (action, why, times) => refusals.push({ action, why, times }),
    dropLink,
    accept() {
      accepting = true;
    },
    async listen(port, answers) {
      handlers = answers;
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", resolve);
      });
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("the fake Asterisk has no port");
      return address.port;
    },
    async stop() {
      dropLink(true);
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
