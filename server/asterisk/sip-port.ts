import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AsteriskInstance } from "./render/instance.ts";

/**
 * Throws, in words, when another program has the ports that telephones register at. Asterisk would start all the same,
 * write one line into its log, and no telephone would ever reach it. Only for an Asterisk that does not run yet.
 */
export async function checkSipPorts({ sip, tls }: Pick<AsteriskInstance, "sip" | "tls">): Promise<void> {
  await held(`${sip.listen}:${sip.port}`, async () => {
    const socket = createSocket({ type: sip.listen.includes(":") ? "udp6" : "udp4" });
    try {
      socket.bind({ address: sip.listen, port: sip.port, exclusive: true });
      await once(socket, "listening");
    } finally {
      socket.close();
    }
  });
  if (tls === null) return;
  await held(`${sip.listen}:${tls.port} (TLS)`, async () => {
    const server = createServer().listen({ host: sip.listen, port: tls.port });
    try {
      await once(server, "listening");
    } finally {
      server.close();
    }
  });
}

async function held(where: string, bind: () => Promise<void>): Promise<void> {
  try {
    await bind();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EADDRINUSE") {
      throw new Error(`Another program takes SIP on ${where}. Choose another PERCH_SIP_PORT.`);
    }
    if (code === "EADDRNOTAVAIL" || code === "EACCES") {
      throw new Error(`SIP cannot listen on ${where}. Choose another PERCH_SIP_LISTEN or PERCH_SIP_PORT.`);
    }
    throw error;
  }
}
