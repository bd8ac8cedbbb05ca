import { createServer } from "node:net";

/** A TCP port of loopback that nobody listens on at this moment. It may be taken the next: who binds it must try again. */
export const freePort = (): Promise<number> => bind(0);

/** Whether nobody listens on this TCP port of loopback. */
export const isFreePort = (port: number): Promise<boolean> =>
  bind(port).then(
    () => true,
    () => false,
  );

/** Takes a port and gives it back; rejects when it is taken. */
function bind(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1" }, () => {
      const address = server.address();
      const bound = typeof address === "object" && address !== null ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
