import { describe, expect, it } from "vitest";
import { ConfigProblem, readConfig } from "./config.ts";

describe("settings", () => {
  it("stay on loopback when nothing is said", () => {
    expect(readConfig({}, "/srv/perch")).toMatchObject({
      home: "/srv/perch/.perch",
      httpPort: 8080,
      listen: "127.0.0.1",
      sipPort: 5060,
      sipListen: "127.0.0.1",
      rtpPorts: { first: 20000, last: 24000 },
      databaseUrl: null,
      node: "node1",
    });
  });

  it("refuse a name with a typo instead of taking the default", () => {
    expect(() => readConfig({ PERCH_HTPP_PORT: "1" }, "/srv/perch")).toThrow("PERCH_HTPP_PORT is not a setting");
  });

  it.each([
    ["PERCH_HTTP_PORT", "eighty"],
    ["PERCH_HTTP_PORT", "65536"],
    ["PERCH_SIP_PORT", "-1"],
    ["PERCH_LISTEN", "localhost"],
    ["PERCH_SIP_TLS", "yes"],
    ["PERCH_RTP_PORTS", "24000-20000"],
    ["PERCH_RTP_PORTS", "20000"],
    ["PERCH_DATABASE_URL", "mysql://here"],
    ["PERCH_ADMIN_PASSWORD", "short"],
    ["PERCH_NODE", "node 1"],
    ["PERCH_NODE", "node1]\n[evil"],
    ["PERCH_LOG_LEVEL", "loud"],
    ["PERCH_NATS_URL", "nats://127.0.0.1"],
    ["PERCH_HOME", "/srv/a\nb"],
  ])("refuse %s=%j with a sentence", (name, text) => {
    expect(() => readConfig({ [name]: text }, "/srv/perch")).toThrow(ConfigProblem);
  });

  it("never repeat a password in the sentence", () => {
    expect(() => readConfig({ PERCH_ADMIN_PASSWORD: "s3cret" }, "/srv/perch")).not.toThrow("s3cret");
  });
});
