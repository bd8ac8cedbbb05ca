import { connect, createServer, type Socket } from "node:net";

/** Stands before a server and can hold what it is sent, so that something happens at an exact step. */
export interface HoldingProxy {
  readonly port: number;
  /** From now on so many messages pass; the next one is held, and goes on when `held` has come to its end. */
  holdAfter(messages: number, held: () => Promise<void>): void;
  /** How many have passed since then. */
  passed(): number;
  stop(): Promise<void>;
}

/** What one write of a client carries counts as one message. */
export async function startHoldingProxy(target: number): Promise<HoldingProxy> {
  const sockets = new Set<Socket>();
  let count = 0;
  let plan: { after: number; held: () => Promise<void> } | null = null;

  const server = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
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
      count += 1;
      const due = plan;
      if (due === null || count <= due.after) {
        upstream.write(chunk);
        return;
      }
      plan = null;
      client.pause();
      due.held().finally(() => {
        upstream.write(chunk);
        client.resume();
      });
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
    holdAfter(messages, held) {
      count = 0;
      plan = { after: messages, held };
    },
    passed: () => count,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
