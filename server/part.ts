/** Something that runs from its start to its stop, and can be started again. */
export interface Part {
  name: string;
  start(): unknown;
  stop(): unknown;
}

/** A service as a part of the house. */
export const part = (name: string, one: { start(): unknown; stop(): unknown }): Part => ({
  name,
  start: () => one.start(),
  stop: () => one.stop(),
});
