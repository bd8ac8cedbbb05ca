// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of a dial plan look like this
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TelephonyConfig } from "../../telephony-config.ts";
import { confValue, plainWords, Unrenderable } from "./conf.ts";
import type { AsteriskInstance } from "./instance.ts";
import { EMPTY_CONFIG, renderBootFiles, renderHouseFiles } from "./render.ts";

const instance: AsteriskInstance = {
  node: "node1",
  directories: {
    etc: "/p/etc",
    log: "/p/log",
    spool: "/p/spool",
    var: "/p/var",
    run: "/p/run",
    modules: "/m",
    data: "/d",
  },
  sip: { listen: "127.0.0.1", port: 5060 },
  tls: null,
  rtp: { first: 20_000, last: 24_000 },
  manager: { port: 5038, username: "perch", secret: "s3cret" },
  voice: { port: 4573, secret: "v0ice" },
};
const house: TelephonyConfig = {
  telephones: [
    {
      endpoint: "desk2",
      ha1Md5: "b".repeat(32),
      ha1Sha256: "b".repeat(64),
      internal: null,
      displayName: "Two",
      place: "Hall",
      shared: false,
    },
    {
      endpoint: "desk1",
      ha1Md5: "a".repeat(32),
      ha1Sha256: "a".repeat(64),
      internal: "1001",
      displayName: "One",
      place: "Hall",
      shared: true,
    },
  ],
  agentNumbers: [{ internal: "201", awayNumber: null }],
  remoteLines: [],
  calling: {
    language: "it",
    emergencyNumbers: ["112"],
    idleTelephonesMayCall: "internal",
    transferCodes: "off",
    askedRingSeconds: 20,
  },
  queues: [{ queueId: 4, name: "Sales; [x]", strategy: "rrmemory", ringSeconds: 15, maxWaitSeconds: 300 }],
  trunks: [
    {
      trunkId: 7,
      name: "Carrier",
      host: "sip.example.org",
      port: 5060,
      match: ["198.51.100.7", "198.51.100.0/24:5080"],
      username: "acc",
      password: "p;w",
    },
  ],
  inboundRoutes: [
    {
      number: "+4930100",
      actions: [
        { to: "queue", queueId: 4 },
        { to: "queue", queueId: 99 },
      ],
    },
  ],
  outboundRoutes: [{ pattern: "0X.", trunkId: 7, stripDigits: 1, callerId: "+4930100", prefix: "City" }],
};

/** Reads a file as Asterisk would, as far as sections and names go. */
const read = (text: string) => {
  const sections: { name: string; lines: string[] }[] = [];
  for (const raw of text.split(/[\r\n]/)) {
    const line = raw.replace(/(?<!\\);.*$/, "").trim();
    const head = /^\[([^\]]*)\]/.exec(line);
    if (head?.[1] !== undefined) sections.push({ name: head[1], lines: [] });
    else if (line !== "") sections.at(-1)?.lines.push(line);
  }
  return sections;
};
const text = (config: TelephonyConfig, name: string, of = instance): string =>
  renderHouseFiles(of, config).find((file) => file.name === name)?.text ?? "";

describe("the configuration", () => {
  it("is the same bytes for the same house, in whatever order it comes", () => {
    const turned = {
      ...house,
      telephones: house.telephones.toReversed(),
      trunks: house.trunks.map((trunk) => ({ ...trunk, match: trunk.match.toReversed() })),
    };
    expect(renderHouseFiles(instance, turned)).toEqual(renderHouseFiles(instance, house));
    expect(renderBootFiles(instance)).toEqual(renderBootFiles(instance));
  });

  it("gives a telephone its endpoint, its digest and its address of record", () => {
    const sections = read(text(house, "pjsip.conf")).filter((section) => section.name === "desk1");
    expect(sections.map((section) => section.lines[0])).toEqual(["type = endpoint", "type = auth", "type = aor"]);
    expect(sections[0]?.lines).toContain('callerid = "One" <1001>');
    expect(sections[1]?.lines).toContain(`password_digest = MD5:${"a".repeat(32)}`);
    expect(sections[2]?.lines).toEqual(expect.arrayContaining(["max_contacts = 1", "remove_existing = yes"]));
  });

  it("finds a trunk by its address alone, and writes its password so that it is read as it is", () => {
    const pjsip = text(house, "pjsip.conf");
    expect(pjsip).toContain("match = 198.51.100.0/24:5080");
    expect(pjsip).toContain("password = p\\;w");
    const trunk = read(pjsip).find((section) => section.name === "trunk~7");
    expect(trunk?.lines).toContain("identify_by = ip");
  });

  it("encrypts only where TLS is on", () => {
    const tls = { port: 5061, certificateFile: "/p/c.pem", keyFile: "/p/k.pem" };
    expect(text(house, "pjsip.conf")).not.toContain("media_encryption");
    const on = text(house, "pjsip.conf", { ...instance, tls });
    expect(on).toContain("bind = 127.0.0.1:5061");
    expect(on).toContain("media_encryption = sdes");
  });

  it("writes an IPv6 address in brackets", () => {
    expect(text(house, "pjsip.conf", { ...instance, sip: { listen: "::1", port: 5060 } })).toContain(
      "bind = [::1]:5060",
    );
  });

  it("leads an inbound number, with and without its plus, through its queues that exist", () => {
    const inbound = read(text(house, "extensions.conf")).find((section) => section.name === "perch-inbound");
    const keys = "Set(__TRANSFER_CONTEXT=perch-numbers)";
    const outcome = "CELGenUserEvent(PERCH_QUEUE,q4|${QUEUESTATUS})";
    const steps = ["Answer(0,i)", keys, "Queue(q4,it,,,300)", outcome, "Hangup(19)"];
    expect(inbound?.lines.slice(0, 10)).toEqual(
      ["+4930100", "4930100"].flatMap((number) =>
        steps.map((step, index) => (index === 0 ? `exten => ${number},1,${step}` : `same => n,${step}`)),
      ),
    );
  });

  it("dials out through the trunk, without the digits to strip, under the route's caller id", () => {
    const plan = text(house, "extensions.conf");
    expect(plan).toContain("exten => _0X.,1,GotoIf($[${LEN(${EXTEN})} = ${LEN(${FILTER(0-9*#+,${EXTEN})})}]?3)");
    expect(plan).toContain(" same => n,CELGenUserEvent(PERCH_ROUTE,trunk~7|City)");
    expect(plan).toContain('Set(CALLERID(all)=<${IF($["${PERCH_SHOWN}" = ""]?+4930100:${PERCH_SHOWN})}>)');
    expect(plan).toContain(
      'Dial(PJSIP/${EXTEN:1}@trunk~7,${IF($["${PERCH_RING}" = ""]?60:${PERCH_RING})},${PERCH_ON}${PERCH_MORE}${PERCH_KEYS})',
    );
  });

  it("rings an agent where he sits, and goes where his account says while he sits nowhere", () => {
    const plan = read(text(house, "extensions.conf")).find(({ name }) => name === "perch-numbers")?.lines ?? [];
    const agent = plan.slice(plan.indexOf("exten => 201,1,Gosub(perch-seat,s,1)"));
    expect(agent.slice(1, 3)).toEqual([
      "same => n,Set(PERCH_AT=${DB(perch-number/201)})",
      'same => n,GotoIf($["${PERCH_AT}" = ""]?away)',
    ]);
    expect(agent).toContain("same => n(away),Goto(busy)");
    const away = { ...house, agentNumbers: [{ internal: "201", awayNumber: "0171" }] };
    const passedOn = " same => n,Set(PERCH_AWAY=0171)\n same => n,Goto(perch-telephones,0171,1)";
    expect(text(away, "extensions.conf")).toContain(passedOn);
    for (const awayNumber of ["1,2", "1)", "", "+"]) {
      expect(() => text({ ...house, agentNumbers: [{ internal: "201", awayNumber }] }, "extensions.conf")).toThrow(
        Unrenderable,
      );
    }
  });

  it("gives the keys of a transfer to telephones alone, and to nobody where the house has none", () => {
    const plan = text(house, "extensions.conf");
    expect(plan).toContain("b(perch-callee^s^1)t${PERCH_ON}${PERCH_MORE}${PERCH_KEYS})");
    // Who is called outside has none, and in an emergency nobody has.
    const outside = [...plan.matchAll(/Dial\(PJSIP\/[^@]*@trunk~7,(.*)\)/g)].map(([, rest = ""]) => rest);
    expect(outside.length).toBeGreaterThan(1);
    for (const rest of outside) expect(rest.replaceAll(/\$\{[^}]*\}/g, "")).not.toMatch(/[tT]/);
    expect(plan).toContain(
      'Set(PERCH_KEYS=${IF($["${CHANNEL(name):0:6}" = "PJSIP/" & "${CHANNEL(name):0:12}" != "PJSIP/trunk~"]?T:)})',
    );
    expect(text(house, "features.conf")).toContain("blindxfer = \natxfer = \n");
    const calling = { ...house.calling, transferCodes: "two-stars" as const };
    expect(text({ ...house, calling }, "features.conf")).toContain("blindxfer = **2\natxfer = **3\n");
  });

  it("ends the ringing of who is asked by keys itself, before Asterisk's transfer would", () => {
    const asking = { ...house, calling: { ...house.calling, askedRingSeconds: 12 } };
    expect(text(asking, "extensions.conf")).toContain("Set(PERCH_RING=12)");
    expect(text(asking, "features.conf")).toContain("atxfernoanswertimeout = 17\n");
  });

  it("sends callers to numbers and places, and not to what people dial about themselves or nobody has", () => {
    const sections = read(text(house, "extensions.conf"));
    const dialled = (of: string) =>
      sections.find(({ name }) => name === of)?.lines.flatMap((line) => /^exten => ([^,]*),1/.exec(line)?.[1] ?? []);
    expect(dialled("perch-numbers")).toEqual(expect.arrayContaining(["1001", "201", "112", "_0X.", "_*7X", "_*9X"]));
    expect(dialled("perch-numbers")?.filter((each) => /\*1|\*8|!/.test(each))).toEqual([]);
    expect(dialled("perch-telephones")).toEqual(expect.arrayContaining(["*12", "*8", "*81001"]));
    expect(text(house, "pjsip.conf")).toContain("set_var = TRANSFER_CONTEXT=perch-numbers\n");
  });

  it("keeps an idle shared telephone from outside, and no telephone from an emergency number", () => {
    const plan = text(house, "extensions.conf");
    const idle = '["${PERCH_IDLE}" = "yes" & "${PERCH_AWAY}" != "${EXTEN}"]?idle)';
    expect(plan.split(idle)).toHaveLength(2);
    // As it is by the first route there is, and behind the route's own digit for a line.
    expect(plan).toContain("Dial(PJSIP/${EXTEN}@trunk~7,,${PERCH_ON}${PERCH_MORE})");
    expect(plan).toContain("exten => 0112,1,Gosub(perch-seat,s,1)");
    const free = { ...house, calling: { ...house.calling, idleTelephonesMayCall: "anything" as const } };
    expect(text(free, "extensions.conf")).not.toContain("PERCH_IDLE}");
    expect(text({ ...house, outboundRoutes: [] }, "extensions.conf")).not.toContain("exten => 112,");
    const pjsip = read(text(house, "pjsip.conf"));
    const marked = pjsip.filter(({ lines }) => lines.includes("subscribe_context = perch-shared"));
    expect(marked.map(({ name }) => name)).toEqual(["desk1"]);
  });

  it("takes an emergency number by the first route that takes it", () => {
    const [route] = house.outboundRoutes;
    const all = { ...route, pattern: "1X.", stripDigits: 0, trunkId: 8, callerId: null, prefix: null };
    const plan = text({ ...house, outboundRoutes: [...house.outboundRoutes, all] }, "extensions.conf");
    expect(plan).toContain("Dial(PJSIP/${EXTEN}@trunk~8,,${PERCH_ON}${PERCH_MORE})");
  });

  it("hands star codes over to us without the secret in an application's arguments", () => {
    const plan = text(house, "extensions.conf");
    expect(plan).toContain("AGI(agi://127.0.0.1:4573/star-codes)");
    expect(plan).toContain("Set(PERCH_VOICE=v0ice)");
    expect(plan).toContain("exten => _*10X,1,");
  });

  it("holds no password of a telephone", () => {
    const all = renderHouseFiles(instance, house).map((file) => file.text);
    expect(all.join("")).not.toMatch(/^password = (?!p\\;w)/m);
  });
});

describe("hostile strings", () => {
  const sectionsOf = (config: TelephonyConfig) =>
    renderHouseFiles(instance, config).map((file) => read(file.text).map(({ name, lines }) => [name, lines.length]));

  // All of Unicode is laid out for it first, which takes a busy machine long.
  it("never change the shape of a file: they are refused or are only words", () => {
    const base = house.telephones[1];
    if (base === undefined) throw new Error("no telephone");
    const normal = sectionsOf({ ...house, telephones: [base] });
    const evil = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom(
        "1001\n[evil]\ntype=endpoint",
        "x\r\n#exec /bin/sh",
        "x;--",
        '"> <sip:evil@x',
        "a]\u2028[b",
        "${SHELL(x)}",
      ),
    );
    const fields = fc.constantFrom("displayName", "prefix", "name", "password", "internal", "host", "callerId");
    fc.assert(
      fc.property(evil, fields, (value, field) => {
        const config: TelephonyConfig = {
          ...house,
          telephones: [{ ...base, ...(field === "displayName" || field === "internal" ? { [field]: value } : {}) }],
          queues: house.queues.map((queue) => ({ ...queue, ...(field === "name" ? { name: value } : {}) })),
          trunks: house.trunks.map((trunk) => ({
            ...trunk,
            ...(field === "password" || field === "host" || field === "name" ? { [field]: value } : {}),
          })),
          outboundRoutes: house.outboundRoutes.map((route) => ({
            ...route,
            ...(field === "prefix" || field === "callerId" ? { [field]: value } : {}),
          })),
        };
        try {
          const shape = sectionsOf(config);
          // An empty value is a line still: counts and names are those of the harmless house.
          expect(shape).toEqual(normal);
        } catch (error) {
          expect(error).toBeInstanceOf(Unrenderable);
        }
      }),
    );
  }, 60_000);

  it("are refused where they would be names", () => {
    for (const endpoint of ["1001\n[evil]", "a]b", "", "trunk~1\r", "-x", "a b", "a;b", "x".repeat(65)]) {
      const telephone = {
        endpoint,
        ha1Md5: "a".repeat(32),
        ha1Sha256: "a".repeat(64),
        internal: null,
        displayName: "x",
        place: null,
        shared: true,
      };
      expect(() => renderHouseFiles(instance, { ...EMPTY_CONFIG, telephones: [telephone] })).toThrow(Unrenderable);
    }
  });

  it("lose what means something, and keep their letters", () => {
    expect(plainWords('Ana "X" <1>; [Müller], ${A}\n')).toBe("Ana X 1 Müller A");
    expect(confValue("a;b")).toBe("a\\;b");
    expect(() => confValue("a\nb")).toThrow(Unrenderable);
  });
});
