import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { isFreePort } from "../../server/loopback-port.ts";

/**
 * Below the ports that the system gives to whoever connects to somebody (32768 on, see ip(7)), and below those of voice:
 * else a connection of somebody else's may have it before it is bound. Browsers refuse some that lie lower.
 */
const FIRST = 10_100;
const LAST = 15_999;

const given = new Set<number>();

/** A port that nobody listens on at this moment, for both TCP and UDP on loopback; never the same twice. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, LAST + 1);
    if (given.has(port)) continue;
    given.add(port);
    if ((await isFreePort(port)) && (await isFreeUdpPort(port))) return port;
  }
}

const isFreeUdpPort = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.once("error", () => resolve(false));
    socket.bind(port, "127.0.0.1", () => socket.close(() => resolve(true)));
  });
