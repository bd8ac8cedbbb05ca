import type { BlockKind, FlowBlock, OptionSchema } from "../../contract/flow.ts";

/** Every value of a block's options, at any depth, with its schema and the option in which it stands. */
export function eachOption(
  block: FlowBlock,
  kind: BlockKind,
  visit: (value: unknown, schema: OptionSchema, option: string) => void,
): void {
  const look = (value: unknown, schema: OptionSchema | undefined, option: string) => {
    if (schema === undefined || value === null || value === undefined) return;
    visit(value, schema, option);
    if (schema.draw === "sayings") return;
    if (Array.isArray(value)) for (const each of value) look(each, schema.items, option);
    else if (typeof value === "object") {
      for (const [name, each] of Object.entries(value)) look(each, schema.properties?.[name], option);
    }
  };
  for (const [option, value] of Object.entries(block.options)) look(value, kind.options.properties[option], option);
}
