import { StringDecoder } from "node:string_decoder";

/** One message of the manager interface: header → value. A header that comes twice has its values joined by `\n`. */
export type AmiMessage = Readonly<Record<string, string>>;

/** A message or line longer than a manager ever sends: the peer is not what we think, the link has to end. */
export class AmiFrameTooLong extends Error {}

/** The longest thing we ask for is one line of a list; 64 KiB leaves room for any header Asterisk 22 writes. */
const LONGEST_FRAME = 64 * 1024;

/** Asterisk ends its lines so, and nobody else: a line feed alone stands in a value that somebody wrote it into. */
const LINE_END = "\r\n";

/**
 * Takes the stream apart, wherever it was cut. Messages are header lines up to a blank line. The greeting (the first
 * line, `Asterisk Call Manager/11.0.0`) comes out as `{ Greeting: "…" }`. Throws AmiFrameTooLong.
 */
export class AmiParser {
  #decoder = new StringDecoder("utf8");
  #rest = "";
  #message: Record<string, string> = emptyMessage();
  #headers = 0;
  #size = 0;
  #greeted = false;
  readonly #longest: number;

  constructor(longestFrame = LONGEST_FRAME) {
    this.#longest = longestFrame;
  }

  push(chunk: Uint8Array): AmiMessage[] {
    const text = this.#rest + this.#decoder.write(chunk);
    const complete: AmiMessage[] = [];
    let from = 0;
    for (let end = text.indexOf(LINE_END); end !== -1; end = text.indexOf(LINE_END, from)) {
      const line = text.slice(from, end);
      from = end + LINE_END.length;
      this.#line(line, complete);
    }
    this.#rest = text.slice(from);
    if (this.#rest.length > this.#longest) throw new AmiFrameTooLong(`a line of more than ${this.#longest} characters`);
    return complete;
  }

  #line(line: string, complete: AmiMessage[]): void {
    if (!this.#greeted) {
      this.#greeted = true;
      complete.push({ Greeting: line });
      return;
    }
    if (line === "") {
      if (this.#headers > 0) complete.push(this.#message);
      this.#message = emptyMessage();
      this.#headers = 0;
      this.#size = 0;
      return;
    }
    this.#size += line.length;
    if (this.#size > this.#longest) throw new AmiFrameTooLong(`a message of more than ${this.#longest} characters`);
    const colon = line.indexOf(":");
    if (colon <= 0) return; // not a header; nothing that we read looks like this
    const name = line.slice(0, colon);
    const value = line.charCodeAt(colon + 1) === 32 ? line.slice(colon + 2) : line.slice(colon + 1);
    const before = this.#message[name];
    this.#message[name] = before === undefined ? value : `${before}\n${value}`;
    this.#headers += 1;
  }
}

/** Without a prototype: a header may be called `__proto__`. */
function emptyMessage(): Record<string, string> {
  return Object.create(null) as Record<string, string>;
}

export type AmiFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * An action as bytes for the wire; null when a name or a value holds a line break or a NUL, which would begin a
 * header, or an action, of somebody else's choice. Fields that are null or undefined are left out.
 */
export function formatAction(action: string, actionId: string, fields: AmiFields): string | null {
  let text = "";
  for (const [name, value] of [["Action", action], ["ActionID", actionId], ...Object.entries(fields)] as const) {
    if (value === null || value === undefined) continue;
    const written = String(value);
    if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name) || hasBreak(written)) return null;
    text += `${name}: ${written}\r\n`;
  }
  return `${text}\r\n`;
}

function hasBreak(value: string): boolean {
  return value.includes("\n") || value.includes("\r") || value.includes("\0");
}
