import type { Problem, RefusalCode } from "../../contract/refusal.ts";

/** The server said no, and why: `message` is the sentence for a person, `problem` carries the facts. */
export class RefusalError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.name = "RefusalError";
    this.problem = problem;
  }

  get code(): RefusalCode {
    return this.problem.code;
  }
}

/** No answer that is ours: the line is cut, the server is stopped, or something in between answered. */
export class UnreachableError extends Error {
  constructor() {
    super("Perch does not answer. Calls that Asterisk carries may go on; this page tries again by itself.");
    this.name = "UnreachableError";
  }
}

/** Something of the page itself that did not work, with the sentence to show for it. */
export class SentenceError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "SentenceError";
  }
}

/** The sentence to show for anything that went wrong with a request. */
export function sentenceOf(error: unknown): string {
  if (error instanceof RefusalError || error instanceof UnreachableError || error instanceof SentenceError) {
    return error.message;
  }
  return `This page has a fault: ${error instanceof Error ? error.message : String(error)}. Load it again; if it comes back, tell whoever runs Perch.`;
}
