import { SECRET_PLACE } from "../../contract/connection-views.ts";
import type { BlockKind, Flow, FlowBlock, FlowIssue } from "../../contract/flow.ts";
import { eachOption } from "./flow-option.ts";

/** Secrets stand in headers alone: elsewhere they would be said, shown or written down. */
export function checkSecrets(
  flow: Flow,
  kinds: ReadonlyMap<string, BlockKind>,
  secrets: ReadonlySet<string>,
  titleOf: (block: FlowBlock) => string,
): FlowIssue[] {
  const found: FlowIssue[] = [];
  const wrong = (code: string, block: string, option: string, words: string) =>
    found.push({ severity: "error", code, block, words, option });
  for (const block of flow.blocks) {
    const kind = kinds.get(block.type);
    if (kind === undefined) continue;
    const called = titleOf(block);
    eachOption(block, kind, (value, { draw }, option) => {
      const text = typeof value === "string" ? value : draw === "sayings" ? JSON.stringify(value) : "";
      for (const [place, name = ""] of text.matchAll(SECRET_PLACE)) {
        if (draw !== "header") {
          const words = `${place} stands in ${called}, and secrets stand in headers alone.`;
          wrong("secret.misplaced", block.id, option, words);
        } else if (!secrets.has(name)) {
          wrong("secret.unknown", block.id, option, `${called} needs a secret “${name}”.`);
        }
      }
    });
  }
  return found;
}
