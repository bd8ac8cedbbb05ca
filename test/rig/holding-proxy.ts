import { connect, createServer, type Socket } from "node:net";

/** Stands before a server and can hold what it is sent, so that something happens at an exact step. */
export interface HoldingProxy {
  readonly port: number;
  /** From now on so many words pass; the next one is held, and goes on when `held` has come to its end. */
  holdAfter(words: number, held: () => Promise<void>): void;
  /** How many have passed since then. */
  passed(): number;
  stop(): Promise<void>;
}

/** How a client's words are told apart. */
export interface Words {
  /** What each ends with. */
  end: string;
  /** Those that count; others pass unseen. */
  counted: RegExp;
}

/** Before the server on that port of loopback. Without `words`, what one write of a client carries counts as a word. */
export async function startHoldingProxy(target: number, words: Words | null = null): Promise<HoldingProxy> {
  const sockets = new Set<Socket>();
  let count = 0;
  let plan: { after: number; held: () => Promise<void> } | null = null;

  /** Passes a word on; answers when the next may pass. */
  const pass = async (word: Buffer, client: Socket, upstream: Socket) => {
    if (words === null || words.counted.test(word.toString("latin1"))) count += 1;
    const due = plan;
    if (due !== null && count > due.after) {
      plan = null;
      client.pause();
      await due.held().catch(() => {});
      client.resume();
    }
    upstream.write(word);
  };
  const server = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    const split = splitter(words);
    let before = Promise.resolve();
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.on("data", (chunk) => client.write(chunk));
    client.on("data", (chunk) => {
      for (const word of split(chunk)) before = before.then(() => pass(word, client, upstream));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return {
    port: address.port,
    holdAfter(words, held) {
      count = 0;
      plan = { after: words, held };
    },
    passed: () => count,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Cuts what a client writes into whole words; an unfinished one waits for its end. */
function splitter(words: Words | null): (chunk: Buffer) => Buffer[] {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    if (words === null) return [chunk];
    const whole: Buffer[] = [];
    rest = Buffer.concat([rest, chunk]);
    for (let at = rest.indexOf(words.end); at >= 0; at = rest.indexOf(words.end)) {
      whole.push(rest.subarray(0, at + words.end.length));
      rest = rest.subarray(at + words.end.length);
    }
    return whole;
  };
}
