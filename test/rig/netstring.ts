/** Puts `12:hello world!,` together out of a stream, wherever it was cut (cr.yp.to/proto/netstrings.txt). */
export class NetstringReader {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): string[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const complete: string[] = [];
    for (;;) {
      const colon = this.#rest.indexOf(":");
      if (colon === -1) return complete;
      const length = Number(this.#rest.toString("latin1", 0, colon));
      if (!Number.isInteger(length)) throw new Error("not a netstring");
      if (this.#rest.length < colon + 1 + length + 1) return complete;
      complete.push(this.#rest.toString("utf8", colon + 1, colon + 1 + length));
      this.#rest = this.#rest.subarray(colon + 1 + length + 1);
    }
  }
}

export const netstring = (text: string): string => `${Buffer.byteLength(text)}:${text},`;
