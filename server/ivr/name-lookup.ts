import { type LookupAddress, lookup } from "node:dns";
import type { LookupFunction } from "node:net";

/** What finds the addresses of a name. */
export type Resolve = (
  host: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

type Done = Parameters<Resolve>[1];

/**
 * Each lookup of the system's holds one of the four threads that files are read with as well: with a name server that
 * is away, callers everywhere would wait for their voices.
 */
const MOST_AT_ONCE = 2;
/** Of different names; more are refused. */
const MOST_WAITING = 500;

/** Looks names up, a few at a time; who asks for the same name meanwhile gets the same answer. */
export function createNameLookup(resolve: Resolve): Resolve {
  const asked = new Map<string, Done[]>();
  const queue: string[] = [];
  let underWay = 0;

  const next = () => {
    const host = underWay < MOST_AT_ONCE ? queue.shift() : undefined;
    if (host === undefined) return;
    underWay += 1;
    resolve(host, (error, addresses) => {
      underWay -= 1;
      const waiting = asked.get(host) ?? [];
      asked.delete(host);
      next();
      for (const done of waiting) done(error, addresses);
    });
  };

  return (host, done) => {
    const waiting = asked.get(host);
    if (waiting !== undefined) {
      waiting.push(done);
      return;
    }
    if (asked.size >= MOST_WAITING) {
      done(Object.assign(new Error("too many names are looked up at once"), { code: "EAI_AGAIN" }), []);
      return;
    }
    asked.set(host, [done]);
    queue.push(host);
    next();
  };
}

/** Whoever looks names up in this process has the same threads. */
export const systemNames: Resolve = createNameLookup((host, done) => lookup(host, { all: true }, done));

/**
 * For a connection: gives out those addresses only that may be connected to, judged when it connects, for a name may
 * change its mind. With none of them the connection fails with `refusal`.
 */
export function lookupWithin(
  resolve: Resolve,
  may: (address: string) => boolean,
  refusal: (found: readonly LookupAddress[]) => Error,
): LookupFunction {
  return (host, options, done) => {
    resolve(host, (error, found) => {
      if (error !== null) return done(error, []);
      const free = found.filter(({ address }) => may(address));
      const [first] = free;
      if (first === undefined) return done(refusal(found), []);
      if (options.all === true) return done(null, free);
      return done(null, first.address, first.family);
    });
  };
}
