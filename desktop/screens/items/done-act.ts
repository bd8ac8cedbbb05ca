/** An act that was done, as the list tells it, and what takes it back. */
export interface DoneAct {
  text: string;
  /** Throws what the server refuses. */
  undo?: () => Promise<unknown>;
}
