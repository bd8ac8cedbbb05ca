import { expect, it } from "vitest";
import type { InboundRouteConfig, TelephonyConfig } from "../../telephony-config.ts";
import type { AsteriskInstance } from "./instance.ts";
import { EMPTY_CONFIG, renderHouseFiles } from "./render.ts";

const instance: AsteriskInstance = {
  node: "n",
  directories: { etc: "", log: "", spool: "", var: "", run: "", modules: "", data: "" },
  sip: { listen: "127.0.0.1", port: 5060 },
  tls: null,
  rtp: { first: 20_000, last: 20_100 },
  manager: { port: 1, username: "perch", secret: "s" },
  voice: { port: 2, secret: "s" },
};
const queue = (queueId: number, recordPercent: number) => ({
  ...{ queueId, name: `Queue ${queueId}`, strategy: "ringall", ringSeconds: 5, maxWaitSeconds: 60 },
  recordPercent,
});
const outbound = (recordPercent: number) => ({
  ...{ pattern: "0X.", trunkId: 1, stripDigits: 0, callerId: null, prefix: null },
  recordPercent,
});
const plan = (config: Partial<TelephonyConfig>): string =>
  renderHouseFiles(instance, { ...EMPTY_CONFIG, ...config }).find(({ name }) => name === "extensions.conf")?.text ?? "";

it("a house that records nothing has no word of it in its dial plan", () => {
  const inboundRoutes: InboundRouteConfig[] = [
    { number: "1", actions: [{ to: "queue", queueId: 1 }], recordPercent: null },
  ];
  expect(plan({ queues: [queue(1, 0)], inboundRoutes, outboundRoutes: [outbound(0)] })).not.toContain(
    "perch-recording",
  );
});

it("each queue of a route says how many of its callers are recorded, unless the route does", () => {
  const queues = [queue(1, 40), queue(2, 0)];
  const steps = (recordPercent: number | null) =>
    [
      ...plan({
        queues,
        inboundRoutes: [
          {
            number: "1",
            actions: [
              { to: "queue", queueId: 1 },
              { to: "queue", queueId: 2 },
            ],
            recordPercent,
          },
        ],
      }).matchAll(/Gosub\(perch-recording,s,1\((.*)\)\)/g),
    ].map((match) => match[1]);
  // Those to whom callers are sent on by hand come first in the file, and those whom a dialogue lets in last.
  const sent = (queueId: number, percent: number) =>
    `q${queueId},\${IF($["\${PERCH_PERCENT}" = ""]?${percent}:\${PERCH_PERCENT})}`;
  expect(steps(null)).toEqual([sent(1, 40), sent(2, 0), "q1,40", "q2,0", sent(1, 40), sent(2, 0)]);
  expect(steps(100)).toEqual([sent(1, 40), sent(2, 0), "q1,100", "q2,100", sent(1, 40), sent(2, 0)]);
});

it("what the number says counts wherever its caller is sent on, and no longer than for that number", () => {
  const said = (recordPercent: number | null) =>
    /Set\(PERCH_PERCENT=([0-9]*)\)/.exec(
      plan({
        queues: [queue(1, 40)],
        inboundRoutes: [{ number: "1", actions: [{ to: "queue", queueId: 1 }], recordPercent }],
      }),
    )?.[1];
  expect([said(0), said(100), said(null)]).toEqual(["0", "100", ""]);
});

it("whoever is called outside is recorded on their own channel, and never where help is called", () => {
  const text = plan({
    calling: { ...EMPTY_CONFIG.calling, emergencyNumbers: ["112"] },
    outboundRoutes: [outbound(25)],
  });
  const dials = text.split("\n").filter((line) => line.includes("Dial(PJSIP/"));
  expect(dials.filter((line) => /b\(perch-recording\^s\^1\(out\^25\^\$\{PERCH_RECORDED\}\)\)/.test(line))).toHaveLength(
    1,
  );
  expect(dials.length).toBeGreaterThan(1);
});
