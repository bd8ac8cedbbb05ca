/** The keys as events (RFC 4733, 3.2). */
const EVENTS = "0123456789*#";
/** A key lasts so many packets; the last word of it is said three times, in case one is lost. */
const PRESSED_PACKETS = 3;
const END_PACKETS = 3;
/** Of voice between two keys. */
const PAUSE_PACKETS = 2;
const END_BIT = 0x80;
const VOLUME = 10;

/** The number under which keys are sent, in what all offer here. */
const PAYLOAD = 101;

/** One packet of a key that is pressed, in the place of one of voice. */
export interface KeyTone {
  /** Four bytes: which key, whether it ends, how long it has lasted. */
  event: Buffer;
  begins: boolean;
  /** All packets of a key bear the time at which it began. */
  sinceSample: number;
}

/** What is pressed at a telephone, packet by packet. */
export class KeyTones {
  #keys: string[] = [];
  #packet = 0;
  #sinceSample = 0;
  #onKey: () => void;

  constructor(onKey: () => void) {
    this.#onKey = onKey;
  }

  /** All that was pressed has been heard. */
  get silent(): boolean {
    return this.#keys.length === 0;
  }

  press(keys: string): void {
    this.#keys.push(...keys);
  }

  /** The next packet, of as many samples, if it is not one of voice. */
  next(sample: number, samples: number): KeyTone | null {
    const [key] = this.#keys;
    if (key === undefined) return null;
    const at = this.#packet;
    this.#packet += 1;
    if (at === 0) {
      this.#onKey();
      this.#sinceSample = sample;
    }
    if (at >= PRESSED_PACKETS + END_PACKETS) {
      if (at === PRESSED_PACKETS + END_PACKETS + PAUSE_PACKETS - 1) {
        this.#keys.shift();
        this.#packet = 0;
      }
      return null;
    }
    const ends = at >= PRESSED_PACKETS;
    const event = Buffer.alloc(4);
    event.writeUInt8(EVENTS.indexOf(key), 0);
    event.writeUInt8((ends ? END_BIT : 0) | VOLUME, 1);
    event.writeUInt16BE(samples * Math.min(at + 1, PRESSED_PACKETS), 2);
    return { event, begins: at === 0, sinceSample: this.#sinceSample };
  }
}

/** Knows keys from voice in what comes in: each key once, at its first word that it ends. */
export class KeyEars {
  #ended = new Map<number, number>();

  /** The key that ended; nothing where this packet belongs to one that goes on or was told; null: it is voice. */
  hear(head: Buffer, body: Buffer, port: number): string | null {
    if ((head.readUInt8(1) & 0x7f) !== PAYLOAD) return null;
    const since = head.readUInt32BE(4);
    if ((body.readUInt8(1) & END_BIT) === 0 || this.#ended.get(port) === since) return "";
    this.#ended.set(port, since);
    return EVENTS[body.readUInt8(0)] ?? "";
  }
}
