import type { BlockKind, OptionSchema } from "../../../contract/flow.ts";

/** The options a new block begins with: what the schema gives as its usual values, and nothing else. */
export function freshOptions(kind: Pick<BlockKind, "options">): Record<string, unknown> {
  return freshRow(kind.options);
}

/** The fields a new row of a list option begins with. */
export function freshRow(schema: Pick<OptionSchema, "properties">): Record<string, unknown> {
  const fresh: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (property.default !== undefined) fresh[name] = structuredClone(property.default);
  }
  return fresh;
}
