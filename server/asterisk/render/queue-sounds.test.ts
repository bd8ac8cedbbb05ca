import { describe, expect, it } from "vitest";
import type { QueueSoundsConfig, TelephonyConfig } from "../../telephony-config.ts";
import { Unrenderable } from "./conf.ts";
import type { AsteriskInstance } from "./instance.ts";
import { EMPTY_CONFIG, renderHouseFiles } from "./render.ts";

const instance: AsteriskInstance = {
  node: "node1",
  directories: {
    ...{ etc: "/p/etc", log: "/p/log", spool: "/p/spool", var: "/p/var" },
    ...{ run: "/p/run", modules: "/m", data: "/d" },
  },
  sip: { listen: "127.0.0.1", port: 5060 },
  tls: null,
  rtp: { first: 20_000, last: 24_000 },
  manager: { port: 5038, username: "perch", secret: "s3cret" },
  voice: { port: 4573, secret: "v0ice" },
};
const all: QueueSoundsConfig = {
  announcements: { position: "limit", limit: 7, wait: true, thanks: true, everySeconds: 45, leastSeconds: 20 },
  periodic: { sound: "/p/var/voices/waiting/prompt-3-ab", firstSeconds: 10, everySeconds: 90 },
  musicPromptId: 5,
  name: "/p/var/voices/waiting/queue-4-cd",
  nameToAgents: true,
};
const house = (sounds: QueueSoundsConfig | undefined, more: Partial<TelephonyConfig> = {}): TelephonyConfig => ({
  ...EMPTY_CONFIG,
  queues: [
    {
      ...{ queueId: 4, name: "Sales", strategy: "ringall", ringSeconds: 20, maxWaitSeconds: 300 },
      ...(sounds === undefined ? {} : { sounds }),
    },
  ],
  music: [{ promptId: 5, sound: "/p/var/voices/waiting/prompt-5-ef" }],
  inboundRoutes: [{ number: "+39055", actions: [{ to: "queue", queueId: 4 }] }],
  ...more,
});
const file = (name: string, config: TelephonyConfig): string =>
  renderHouseFiles(instance, config).find((each) => each.name === name)?.text ?? "";
/** What stands behind that name in queues.conf; undefined where it does not stand there. */
const says = (config: TelephonyConfig, name: string): string | undefined =>
  file("queues.conf", config)
    .split("\n")
    .find((line) => line.startsWith(`${name} =`))
    ?.slice(name.length + 2)
    .trim();

describe("a queue", () => {
  it("says nothing and plays the house's music where nothing else is wanted, also after something was", () => {
    const quiet = house(undefined);
    expect(says(quiet, "announce-frequency")).toBe("0");
    expect(says(quiet, "announce-position")).toBe("no");
    expect(says(quiet, "announce-holdtime")).toBe("no");
    expect(says(quiet, "announce-to-first-user")).toBe("no");
    expect(says(quiet, "periodic-announce-frequency")).toBe("0");
    expect(says(quiet, "periodic-announce")).toBe("");
    expect(says(quiet, "queue-thankyou")).toBe("");
    expect(says(quiet, "announce")).toBe("");
    expect(says(quiet, "musicclass")).toBe("default");
  });

  it("says place, wait, thanks and a prompt as often as it is told to", () => {
    const loud = house(all);
    expect(says(loud, "announce-frequency")).toBe("45");
    expect(says(loud, "min-announce-frequency")).toBe("20");
    expect(says(loud, "announce-position")).toBe("limit");
    expect(says(loud, "announce-position-limit")).toBe("7");
    expect(says(loud, "announce-holdtime")).toBe("once");
    expect(says(loud, "announce-round-seconds")).toBe("0");
    expect(says(loud, "announce-to-first-user")).toBe("yes");
    expect(says(loud, "queue-thankyou")).toBe("queue-thankyou");
    expect(says(loud, "periodic-announce")).toBe("/p/var/voices/waiting/prompt-3-ab");
    expect(says(loud, "periodic-announce-startdelay")).toBe("10");
    expect(says(loud, "periodic-announce-frequency")).toBe("90");
    expect(says(loud, "announce")).toBe("/p/var/voices/waiting/queue-4-cd");
    expect(says(loud, "musicclass")).toBe("prompt-5");
  });

  it("says no wait where its first caller may have waited for longer than is known by then", () => {
    const config = house(all);
    const slow = { ...config, queues: config.queues.map((queue) => ({ ...queue, ringSeconds: 81 })) };
    expect(says(slow, "announce-holdtime")).toBe("no");
    expect(says(slow, "announce-position")).toBe("limit");
  });

  it("plays the house's music where its own is not there", () => {
    expect(says(house(all, { music: [] }), "musicclass")).toBe("default");
    expect(file("musiconhold.conf", house(all))).toContain(
      "[prompt-5]\nmode = playlist\nentry = /p/var/voices/waiting/prompt-5-ef\n",
    );
    expect(file("musiconhold.conf", house(all, { music: [] }))).not.toContain("[prompt-");
  });

  it("names itself to remote agents by whatever way a caller comes into it", () => {
    const plan = file("extensions.conf", house(all));
    const named = plan
      .split("\n")
      .filter((line) => line.includes("__PERCH_QUEUE_SOUND=/p/var/voices/waiting/queue-4-cd"));
    // Twice from outside, once sent on, once in a project, once for whoever is called back.
    expect(named.length).toBe(5);
    expect(file("extensions.conf", house(undefined))).not.toContain("__PERCH_QUEUE_SOUND");
  });

  it.each(["/p/a\nb", "/p/a,b", "/p/a&b", "/p/a$b", "relative", "/p/a;b", '/p/a"b'])(
    "refuses a sound that would mean something else: %j",
    (sound) => {
      const periodic = { sound, firstSeconds: 1, everySeconds: 10 };
      expect(() => renderHouseFiles(instance, house({ periodic }))).toThrow(Unrenderable);
      expect(() => renderHouseFiles(instance, house({ name: sound }))).toThrow(Unrenderable);
      expect(() => renderHouseFiles(instance, house({}, { music: [{ promptId: 5, sound }] }))).toThrow(Unrenderable);
    },
  );
});
