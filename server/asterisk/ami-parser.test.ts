import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AmiFrameTooLong, type AmiMessage, AmiParser, formatAction } from "./ami-parser.ts";

const GREETING = "Asterisk Call Manager/11.0.0\r\n";
const chunks = (bytes: Buffer, cuts: number[]): Buffer[] => {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
};
const parse = (parts: Buffer[]): AmiMessage[] => {
  const parser = new AmiParser();
  return parts.flatMap((part) => parser.push(part)).map((message) => ({ ...message }));
};

describe("the parser", () => {
  it("reads the greeting, a response and an event", () => {
    const text = `${GREETING}Response: Success\r\nActionID: 1\r\n\r\nEvent: Hangup\r\nCause-txt: Normal: really\r\n\r\n`;
    expect(parse([Buffer.from(text)])).toEqual([
      { Greeting: "Asterisk Call Manager/11.0.0" },
      { Response: "Success", ActionID: "1" },
      { Event: "Hangup", "Cause-txt": "Normal: really" },
    ]);
  });

  it("joins the values of a header that comes twice", () => {
    const [, message] = parse([Buffer.from(`${GREETING}Response: Success\r\nOutput: a\r\nOutput: b\r\n\r\n`)]);
    expect(message).toEqual({ Response: "Success", Output: "a\nb" });
  });

  it("takes a header called __proto__ for a header", () => {
    const parser = new AmiParser();
    const [, message] = parser.push(Buffer.from(`${GREETING}Event: X\r\n__proto__: y\r\n\r\n`));
    expect(Object.getPrototypeOf(message)).toBeNull();
    expect(Object.entries(message ?? {})).toContainEqual(["__proto__", "y"]);
  });

  it("ends no line and no message at a line feed that stands in a value", () => {
    const message = "Event: X\r\nExten: 5\n\nEvent: Forged\nY: z\r\n\r\n";
    expect(new AmiParser().push(Buffer.from(`${GREETING}${message}`)).slice(1)).toEqual([
      { Event: "X", Exten: "5\n\nEvent: Forged\nY: z" },
    ]);
  });

  it("ends a peer that sends a line, or a message, without end", () => {
    expect(() => new AmiParser(100).push(Buffer.alloc(101, "x"))).toThrow(AmiFrameTooLong);
    const parser = new AmiParser(100);
    parser.push(Buffer.from(GREETING));
    expect(() => parser.push(Buffer.from("Key: value\r\n".repeat(20)))).toThrow(AmiFrameTooLong);
  });

  // All graphemes are laid out for it first, which takes a busy machine long.
  it("reads the same messages wherever the stream is cut, also inside a letter", () => {
    const value = fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => text.replace(/[\r\n\0]/g, "").trim());
    const message = fc.dictionary(fc.stringMatching(/^[A-Z][A-Za-z-]{0,10}$/), value, { minKeys: 1, maxKeys: 6 });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 20 }), (messages, cuts) => {
        const text = messages.map((each) =>
          Object.entries(each)
            .map(([name, content]) => `${name}: ${content}\r\n`)
            .join("")
            .concat("\r\n"),
        );
        const bytes = Buffer.from(GREETING + text.join(""));
        expect(parse(chunks(bytes, cuts)).slice(1)).toEqual(messages.map((each) => ({ ...each })));
      }),
    );
  }, 60_000);

  it("survives any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(Array.isArray(new AmiParser().push(bytes))).toBe(true);
      }),
    );
  });
});

describe("an action", () => {
  it("is written as headers and a blank line, without what is not given", () => {
    expect(formatAction("QueuePause", "7", { Interface: "PJSIP/1", Paused: true, Reason: null })).toBe(
      "Action: QueuePause\r\nActionID: 7\r\nInterface: PJSIP/1\r\nPaused: true\r\n\r\n",
    );
  });

  it("is refused when a name or a value would begin a header of its own", () => {
    expect(formatAction("QueueAdd", "1", { MemberName: "A\r\nAction: Logoff" })).toBeNull();
    expect(formatAction("QueueAdd\n", "1", {})).toBeNull();
    expect(formatAction("Ping", "1", { "A: b\r\nC": "d" })).toBeNull();
  });

  it("always comes back as the one message it is, or is refused", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (value) => {
        const text = formatAction("QueueAdd", "1", { MemberName: value });
        if (text === null) return;
        const parser = new AmiParser();
        parser.push(Buffer.from(GREETING));
        const messages = parser.push(Buffer.from(text));
        expect(messages).toHaveLength(1);
        expect(Object.keys(messages[0] ?? {})).toEqual(["Action", "ActionID", "MemberName"]);
      }),
    );
  });
});
