/** The life of one server process: what it asked for before it was killed is never answered. */
export interface Mortal {
  readonly dead: boolean;
  die(): void;
  /** As `work`, but silent once dead. */
  live<T>(work: Promise<T>): Promise<T>;
}

export function createMortal(): Mortal {
  let dead = false;
  return {
    get dead() {
      return dead;
    },
    die() {
      dead = true;
    },
    live: (work) =>
      new Promise((resolve, reject) => {
        work.then(
          (value) => {
            if (!dead) resolve(value);
          },
          (error: unknown) => {
            if (!dead) reject(error);
          },
        );
      }),
  };
}
