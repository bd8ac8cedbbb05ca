import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { checkSipPorts } from "./sip-port.ts";

const listen = "127.0.0.1";

it("says who cannot have a port that another program has", async () => {
  const udp = createSocket("udp4").bind({ address: listen, port: 0 });
  await once(udp, "listening");
  const { port } = udp.address();
  await expect(checkSipPorts({ sip: { listen, port }, tls: null })).rejects.toThrow(
    `Another program takes SIP on 127.0.0.1:${port}. Choose another PERCH_SIP_PORT.`,
  );
  udp.close();
  await once(udp, "close");
  await checkSipPorts({ sip: { listen, port }, tls: null });

  const tcp = createServer().listen({ host: listen, port: 0 });
  await once(tcp, "listening");
  const address = tcp.address();
  const tls = { port: typeof address === "object" ? (address?.port ?? 0) : 0, certificateFile: "", keyFile: "" };
  await expect(checkSipPorts({ sip: { listen, port }, tls })).rejects.toThrow(`127.0.0.1:${tls.port} (TLS)`);
  tcp.close();
});

it("says that an address is not this machine's", async () => {
  await expect(checkSipPorts({ sip: { listen: "192.0.2.1", port: 0 }, tls: null })).rejects.toThrow("PERCH_SIP_LISTEN");
});
