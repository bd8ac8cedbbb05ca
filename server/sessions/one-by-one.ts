/**
 * Work on the same key one after the other, in the order asked; work on different keys goes on side by side. As many
 * may wait as there are requests, whose number the edge bounds.
 */
export function createOneByOne<Key>(): <T>(key: Key, work: () => Promise<T>) => Promise<T> {
  const last = new Map<Key, Promise<void>>();
  return async (key, work) => {
    const done = (last.get(key) ?? Promise.resolve()).then(work);
    const quiet = done.then(noop, noop).finally(() => {
      if (last.get(key) === quiet) last.delete(key);
    });
    last.set(key, quiet);
    return done;
  };
}

const noop = () => {};
