import type { BlockKind, FlowBlock } from "../../contract/flow.ts";

/**
 * Rows of an option that would be one exit with another row, or with an exit that the block has anyway, such as two of a
 * menu with the same key: only the first is ever taken.
 */
export function doubledExits(
  { options }: Pick<FlowBlock, "options">,
  kind: Pick<BlockKind, "exits" | "exitsOf">,
): { exit: string; option: string }[] {
  if (kind.exitsOf === null) return [];
  const { option, name } = kind.exitsOf;
  const seen = new Set(kind.exits.map((exit) => exit.name));
  const rows: unknown = options[option];
  const found: { exit: string; option: string }[] = [];
  for (const row of Array.isArray(rows) ? rows : []) {
    const exit: unknown = typeof row === "object" && row !== null ? Reflect.get(row, name) : undefined;
    if (typeof exit !== "string" || exit === "") continue;
    if (seen.has(exit)) found.push({ exit, option });
    seen.add(exit);
  }
  return found;
}
