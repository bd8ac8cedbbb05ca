import type { FlowBlock, OptionReference, OptionSchema } from "../../../contract/flow.ts";
import { counted } from "../elapsed.ts";
import type { Kinds } from "./flow-edit.ts";

/** What a thing of the house is called; null where it is not known (yet). */
export type NameOf = (kind: OptionReference, id: number) => string | null;

const REFERENCES: readonly string[] = [
  ...["queue", "agent", "telephone", "project", "prompt", "calendar", "contact-list", "data-query"],
];
const isReference = (draw: unknown): draw is OptionReference => REFERENCES.includes(String(draw));

/** What the options of a block say, in one line on its card: the things it refers to first, then what is said. */
export function blockLine(block: FlowBlock, kinds: Kinds, nameOf: NameOf): string {
  const properties = kinds.get(block.type)?.options.properties ?? {};
  const parts = Object.entries(properties).map(([name, schema]) => ({
    rank: rankOf(schema),
    words: optionWords(block.options[name], schema, nameOf),
  }));
  const said = parts.filter(({ words, rank }) => words !== "" && rank < 9).sort((a, b) => a.rank - b.rank);
  return said
    .slice(0, 2)
    .map(({ words }) => words)
    .join(" · ");
}

/** What matters first. Numbers and switches of their own say nothing without their label: they stay off the card. */
function rankOf(schema: OptionSchema): number {
  if (isReference(schema.draw) || isReference(schema.items?.draw)) return 0;
  if (schema.draw === "variable") return 1;
  if (schema.draw === "sayings") return 2;
  if (schema.draw === "template" || schema.draw === "long-text") return 3;
  if (schema.items?.type === "object") return 4;
  return 9;
}

/** The value of one option in words; empty where it says nothing. */
export function optionWords(value: unknown, schema: OptionSchema, nameOf: NameOf): string {
  if (value === undefined || value === null || value === "") return "";
  if (isReference(schema.draw)) return nameOf(schema.draw, Number(value)) ?? `${schema.draw} #${value}`;
  if (schema.draw === "sayings") {
    return Array.isArray(value) ? value.map((one) => sayingWords(one, nameOf)).join(" ") : "";
  }
  if (schema.enum !== undefined) return schema.words?.[String(value)] ?? String(value);
  if (Array.isArray(value)) {
    const draw = schema.items?.draw;
    if (isReference(draw)) return value.map((id) => nameOf(draw, Number(id)) ?? `#${id}`).join(", ");
    const names = value.map(rowWords).filter((words) => words !== "");
    return names.length > 0 ? names.join(", ") : value.length > 0 ? counted(value.length, "row") : "";
  }
  if (typeof value === "object") return "";
  if (value === true) return "yes";
  if (value === false) return "no";
  return schema.draw === "variable" ? `{${value}}` : String(value);
}

const rowWords = (row: unknown) =>
  typeof row === "object" && row !== null
    ? Object.values(row)
        .filter((field) => typeof field === "string" && field !== "")
        .slice(0, 2)
        .join(" ")
    : String(row);

/** One thing that is said, in words. */
function sayingWords(saying: unknown, nameOf: NameOf): string {
  const fields = (saying ?? {}) as Record<string, unknown>;
  if (typeof fields.prompt === "number") return `♪ ${nameOf("prompt", fields.prompt) ?? `prompt #${fields.prompt}`}`;
  if (typeof fields.text === "string") return fields.text === "" ? "" : `“${fields.text}”`;
  const [kind, value] = Object.entries(fields)[0] ?? ["", ""];
  return value === "" ? "" : `${kind} ${value}`;
}
