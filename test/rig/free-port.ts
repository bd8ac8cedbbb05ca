import { createSocket } from "node:dgram";
import { freePort as freeTcpPort } from "../../server/loopback-port.ts";

/** A port that nobody listens on at this moment, for both TCP and UDP on loopback. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await freeTcpPort();
    if (await isFreeUdpPort(port)) return port;
  }
}

const isFreeUdpPort = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.once("error", () => resolve(false));
    socket.bind(port, "127.0.0.1", () => socket.close(() => resolve(true)));
  });
