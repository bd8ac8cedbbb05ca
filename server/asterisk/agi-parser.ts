import { StringDecoder } from "node:string_decoder";

/** A line, or a head, longer than Asterisk ever sends: the peer is not what we think, the connection has to end. */
export class AgiTooLong extends Error {}

/** A head that says something twice, or goes on after its end: a caller's number with a line break in it stands there. */
export class AgiForged extends Error {}

const LONGEST_LINE = 4096;
const MOST_HEADERS = 100;
/** The usage of a command that was not understood comes as lines between `520-` and `520 `. */
const MOST_USAGE_LINES = 200;

export type AgiMessage =
  /** What Asterisk says of the call when it connects: `agi_channel`, `agi_uniqueid`, `agi_extension` … */
  | { type: "head"; headers: Readonly<Record<string, string>> }
  /** An answer to a command: `200 result=1 (note)`. */
  | { type: "answer"; code: number; result: string; note: string | null }
  | { type: "hang-up" };

/**
 * Takes the stream of a FastAGI connection apart, wherever it was cut: a head of lines up to a blank one, then one
 * answer a command, between which `HANGUP` may stand. Asterisk writes numbers and names into the head as they came, so
 * none of it is taken where it could be a caller's. Throws AgiTooLong and AgiForged. (Asterisk's res_agi.c.)
 */
export class AgiParser {
  #decoder = new StringDecoder("utf8");
  #rest = "";
  #headers: Record<string, string> | null = Object.create(null) as Record<string, string>;
  #headerCount = 0;
  #usageLines = 0;

  push(chunk: Uint8Array): AgiMessage[] {
    const text = this.#rest + this.#decoder.write(chunk);
    const messages: AgiMessage[] = [];
    let from = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", from)) {
      if (end - from > LONGEST_LINE) throw new AgiTooLong(`a line of more than ${LONGEST_LINE} characters`);
      const line = text.slice(from, end).replace(/\r$/, "");
      from = end + 1;
      const message = this.#headers === null ? this.#answer(line) : this.#header(line, this.#headers);
      if (message !== null) messages.push(message);
    }
    this.#rest = text.slice(from);
    if (this.#rest.length > LONGEST_LINE) throw new AgiTooLong(`a line of more than ${LONGEST_LINE} characters`);
    return messages;
  }

  #header(line: string, headers: Record<string, string>): AgiMessage | null {
    if (line === "") {
      this.#headers = null;
      return { type: "head", headers };
    }
    this.#headerCount += 1;
    if (this.#headerCount > MOST_HEADERS) throw new AgiTooLong(`more than ${MOST_HEADERS} header lines`);
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0));
    if (!name.startsWith("agi_") || Object.hasOwn(headers, name)) throw new AgiForged("a head that holds another");
    headers[name] = line.slice(colon + 1).trim();
    return null;
  }

  #answer(line: string): AgiMessage | null {
    if (line === "HANGUP") return { type: "hang-up" };
    if (line.startsWith("agi_")) throw new AgiForged("a head that goes on after its end");
    if (line.startsWith("520-")) {
      this.#usageLines = 1;
      return null;
    }
    if (this.#usageLines > 0 && !line.startsWith("520 ")) {
      this.#usageLines += 1;
      if (this.#usageLines > MOST_USAGE_LINES) throw new AgiTooLong(`a usage of more than ${MOST_USAGE_LINES} lines`);
      return null;
    }
    this.#usageLines = 0;
    const match = /^([0-9]{3})(?: result=(\S*))?(?: \(([^)]*)\))?/.exec(line);
    if (match === null) return null; // a blank line after HANGUP, say
    return { type: "answer", code: Number(match[1]), result: match[2] ?? "", note: match[3] ?? null };
  }
}

/**
 * A command as a line for the wire; null when an argument holds a line break or a NUL, which would begin a command of
 * somebody else's choice. Every argument is quoted.
 */
export function formatCommand(name: string, args: readonly (string | number)[]): string | null {
  const written = args.map(String);
  if (written.some((arg) => /[\r\n\0]/.test(arg))) return null;
  return `${[name, ...written.map((arg) => `"${arg.replace(/[\\"]/g, "\\$&")}"`)].join(" ")}\n`;
}
