import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Ami } from "../../server/asterisk/ami.ts";
import { sipCertificate } from "../../server/asterisk/sip-certificate.ts";
import { systemClock } from "../../server/clock.ts";
import { openLog } from "../../server/log.ts";
import { type Floor, startFloor } from "../rig/floor.ts";
import { freePort } from "../rig/free-port.ts";
import { until } from "../until.ts";

let floor: Floor;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "perch-tls-"));
  floor = await startFloor({ tls: { port: await freePort(), ...sipCertificate(folder) } });
});
afterAll(async () => {
  await floor.stop();
  rmSync(folder, { recursive: true, force: true });
});

const managerLink = async ({ rig }: Floor): Promise<Ami> => {
  const ami = new Ami({
    ...rig.instance.manager,
    host: "127.0.0.1",
    clock: systemClock,
    log: openLog({ level: "silent" }),
    withoutEvents: true,
    onEvent: () => {},
    onUp: () => {},
    onDown: () => {},
  });
  ami.start();
  await until("a second link is up", () => ami.up);
  return ami;
};

it("registers a telephone over TLS, and encrypts its voice to a plain telephone's", async () => {
  const tls = floor.rig.instance.tls;
  const server = { host: "127.0.0.1", port: tls?.port ?? 0, transport: "tls" as const };
  const plain = await floor.phone("desk1");
  const secret = await floor.phone("desk2", { server, encrypts: true });
  await plain.dial("1002");
  await until("it rings", () => secret.state === "ringing");
  await secret.accept();
  await until("they talk", () => secret.state === "talking" && plain.state === "talking");
  const manager = await managerLink(floor);
  const { legs } = await floor.telephony.readState();
  const secure = async (endpoint: string) => {
    const channel = legs.find((leg) => leg.endpoint === endpoint)?.channelId;
    const reply = await manager.action("Getvar", { Channel: channel, Variable: "CHANNEL(rtp,secure)" });
    return reply.ok ? reply.message.Value : reply.why;
  };
  expect(await secure("desk2")).toBe("1");
  expect(await secure("desk1")).toBe("0");
  manager.stop();
  expect(floor.rig.complaints()).toEqual([]);
});
