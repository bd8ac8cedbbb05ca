import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AgiForged, type AgiMessage, AgiParser, AgiTooLong, formatCommand } from "./agi-parser.ts";

const HEAD = "agi_network: yes\nagi_channel: PJSIP/desk1-00000001\nagi_extension: *11\n\n";
const ANSWERS = [
  "200 result=0\n",
  "200 result=201\n",
  "200 result=20 (timeout)\n",
  "200 result= (timeout)\n",
  "HANGUP\n",
  "511 Command Not Permitted on a dead channel or intercept routine\n",
].join("");

const read = (chunks: Iterable<Uint8Array>): AgiMessage[] => {
  const parser = new AgiParser();
  return [...chunks].flatMap((chunk) => parser.push(chunk));
};

describe("what Asterisk sends", () => {
  it("is a head, and then an answer a command", () => {
    expect(read([Buffer.from(HEAD + ANSWERS)])).toEqual([
      {
        type: "head",
        headers: { agi_network: "yes", agi_channel: "PJSIP/desk1-00000001", agi_extension: "*11" },
      },
      { type: "answer", code: 200, result: "0", note: null },
      { type: "answer", code: 200, result: "201", note: null },
      { type: "answer", code: 200, result: "20", note: "timeout" },
      { type: "answer", code: 200, result: "", note: "timeout" },
      { type: "hang-up" },
      { type: "answer", code: 511, result: "", note: null },
    ]);
  });

  it("reads the same wherever it is cut", () => {
    const bytes = Buffer.from(`${HEAD}${ANSWERS}ü\n`);
    const whole = read([bytes]);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        expect(read(pieces)).toEqual(whole);
      }),
    );
  });

  it("skips the usage of a command that was not understood, and keeps its answer", () => {
    const usage =
      "520-Invalid command syntax.  Proper usage follows:\nUsage: ANSWER\n  Answers.\n520 End of proper usage.\n";
    expect(read([Buffer.from(`${HEAD}${usage}200 result=1\n`)]).slice(1)).toEqual([
      { type: "answer", code: 520, result: "", note: null },
      { type: "answer", code: 200, result: "1", note: null },
    ]);
  });

  it.each([
    ["says who calls a second time", "agi_channel: PJSIP/a-01\nagi_callerid: 1\nagi_channel: PJSIP/b-01\n\n"],
    ["holds a line of another kind", "agi_callerid: 1\nx\nagi_extension: 1\n\n"],
    ["is none of Asterisk's", "__proto__: x\n\n"],
    ["goes on after its end", "agi_callerid: 1\n\n200 result=1 (x)\nagi_extension: 1\n\n"],
  ])("is not taken where its head %s, as a caller can make it by a line break in his number", (_, text) => {
    expect(() => read([Buffer.from(text)])).toThrow(AgiForged);
  });

  it("has its bounds", () => {
    expect(() => read([Buffer.alloc(5000, "x")])).toThrow(AgiTooLong);
    expect(() => read([Buffer.from(Array.from({ length: 101 }, (_, index) => `agi_${index}: b\n`).join(""))])).toThrow(
      AgiTooLong,
    );
    expect(() => read([Buffer.from(`${HEAD}520-x\n${"x\n".repeat(201)}`)])).toThrow(AgiTooLong);
  });
});

describe("a command", () => {
  it("quotes its arguments", () => {
    expect(formatCommand("STREAM FILE", ["agent-user", "0123456789*#"])).toBe(
      'STREAM FILE "agent-user" "0123456789*#"\n',
    );
    expect(formatCommand("SET VARIABLE", ["A", 'say "b\\c"'])).toBe('SET VARIABLE "A" "say \\"b\\\\c\\""\n');
  });

  it("cannot hold another one", () => {
    expect(formatCommand("SET VARIABLE", ["A", "b\nHANGUP"])).toBeNull();
    expect(formatCommand("SET VARIABLE", ["A", "b\rHANGUP"])).toBeNull();
  });
});
