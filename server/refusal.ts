import type { RefusalCode } from "../contract/refusal.ts";

/**
 * An answer of "no": expected, explained, never thrown. `title` is a sentence for a person; `facts` are the details
 * a program or a screen can use (who holds it, until when). The edge turns it into a problem document (RFC 9457).
 */
export class Refusal {
  readonly code: RefusalCode;
  readonly title: string;
  readonly facts: Record<string, unknown>;

  constructor(code: RefusalCode, title: string, facts: Record<string, unknown> = {}) {
    this.code = code;
    this.title = title;
    this.facts = facts;
  }
}
