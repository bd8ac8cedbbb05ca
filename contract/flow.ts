import Type, { type Static, type TSchema } from "typebox";
import { Nullable, Text } from "./common-views.ts";

/**
 * IVR projects as data: a flow is blocks joined by named exits. What kinds of blocks there are the server says
 * (`GET /blocks`); the designer draws their forms from the schemas, and both sides reckon exits from here.
 */

/** Most blocks, notes and rows of a list option that one flow may have. */
export const MOST_BLOCKS = 300;
export const MOST_NOTES = 100;

const BlockId = Type.String({ pattern: "^[a-z][a-z0-9-]{0,39}$" });
const Place = Type.Object(
  { x: Type.Number({ minimum: -100_000, maximum: 100_000 }), y: Type.Number({ minimum: -100_000, maximum: 100_000 }) },
  { additionalProperties: false },
);

export const FlowBlock = Type.Object(
  {
    id: BlockId,
    type: Type.String({ pattern: "^[a-z][a-z0-9-]{0,39}$" }),
    /** A name of its own; empty: the kind's. */
    title: Type.Optional(Text("Name", 80)),
    options: Type.Record(Type.String({ maxLength: 60 }), Type.Unknown()),
    /** Which block each exit leads to. An exit that is not wired stands here not at all. */
    exits: Type.Record(Type.String({ maxLength: 60 }), BlockId),
    at: Place,
  },
  { additionalProperties: false },
);
export type FlowBlock = Static<typeof FlowBlock>;

export const FlowNote = Type.Object(
  { id: BlockId, text: Text("Note", 2000), at: Place },
  { additionalProperties: false },
);
export type FlowNote = Static<typeof FlowNote>;

export const Flow = Type.Object(
  {
    blocks: Type.Array(FlowBlock, { maxItems: MOST_BLOCKS }),
    notes: Type.Array(FlowNote, { maxItems: MOST_NOTES }),
  },
  { additionalProperties: false },
);
export type Flow = Static<typeof Flow>;

/** Under which heading of the palette a kind of block stands. */
export const BLOCK_GROUPS = ["flow", "voice", "queue", "decide", "data", "agent"] as const;
export type BlockGroup = (typeof BLOCK_GROUPS)[number];

/**
 * What a block is, as the designer has to know it. Options are a JSON schema of an object; a property's `draw` says how
 * its field looks and what it refers to (see OptionDraw).
 */
export const BlockKind = Type.Object({
  type: Type.String(),
  title: Type.String(),
  summary: Type.String(),
  group: Type.Enum([...BLOCK_GROUPS]),
  options: Type.Unknown(),
  exits: Type.Array(Type.Object({ name: Type.String(), title: Type.String() })),
  /** More exits, one for each row of that list option: named and titled by two of the row's fields. */
  exitsOf: Nullable(Type.Object({ option: Type.String(), name: Type.String(), title: Type.String() })),
  /** Whether it takes input or time: a circle of blocks that do not would never end. */
  waits: Type.Boolean(),
  /** Whether it can also run when the caller has gone (behind `finally`). */
  afterCall: Type.Boolean(),
  /** Where a flow begins: `start` with the call, `finally` when it is over. Nothing leads there. */
  entry: Type.Boolean(),
  /** Variables of fixed names that it sets. */
  sets: Type.Optional(Type.Array(Type.String())),
});
export interface BlockKind extends Omit<Static<typeof BlockKind>, "options"> {
  options: OptionsSchema;
}

/**
 * How a field of options is drawn, and what its value refers to: the identifiers of the house are checked before a
 * project is published, and travel by name in an exported file.
 */
export const OPTION_REFERENCES = [
  "queue",
  "agent",
  "telephone",
  "project",
  "prompt",
  "calendar",
  "contact-list",
  "data-query",
] as const;
export type OptionReference = (typeof OPTION_REFERENCES)[number];
export type OptionDraw =
  | OptionReference
  /** What is said: a list of SayingOption. */
  | "sayings"
  /** Text in which `{name}` stands for a variable. */
  | "template"
  /** The same, of a header: `{secret.name}` may stand in it too, and in nothing else. */
  | "header"
  /** The name of a variable. */
  | "variable"
  /** One key of a telephone. */
  | "key"
  | "seconds"
  | "long-text";

/** A schema of options as it travels: an object's properties with their drawing. */
export interface OptionsSchema extends TSchema {
  type: "object";
  properties: Record<string, OptionSchema>;
  required?: string[];
}
export interface OptionSchema extends TSchema {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  draw?: OptionDraw;
  enum?: unknown[];
  /** The words for each value of `enum`. */
  words?: Record<string, string>;
  items?: OptionSchema;
  properties?: Record<string, OptionSchema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
}

/** The name of a variable: letters, digits, dots (`contact.name`). */
export const VARIABLE_NAME = "^[a-z][A-Za-z0-9_]{0,30}(\\.[a-z][A-Za-z0-9_]{0,30})?$";

/** One thing that is said to a caller. Numbers and digits may be variables: `{balance}`. */
export const SayingOption = Type.Union([
  Type.Object({ prompt: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
  Type.Object({ text: Text("Text", 1000) }, { additionalProperties: false }),
  Type.Object({ number: Text("Number", 80) }, { additionalProperties: false }),
  Type.Object({ digits: Text("Digits", 80) }, { additionalProperties: false }),
  Type.Object({ date: Text("Date", 80) }, { additionalProperties: false }),
  Type.Object({ time: Text("Time of day", 80) }, { additionalProperties: false }),
  Type.Object({ recording: Text("Recording", 80) }, { additionalProperties: false }),
]);
export type SayingOption = Static<typeof SayingOption>;

export interface Exit {
  name: string;
  title: string;
}

/** The exits of a block as its options make them; each name once. */
export function exitsOf(
  kind: Pick<BlockKind, "exits" | "exitsOf">,
  options: Readonly<Record<string, unknown>>,
): Exit[] {
  const own = kind.exits;
  if (kind.exitsOf === null) return [...own];
  const { option, name, title } = kind.exitsOf;
  const rows = options[option];
  const more: Exit[] = [];
  for (const row of Array.isArray(rows) ? rows : []) {
    // A draft may hold anything: what is no row makes no exit.
    if (typeof row !== "object" || row === null) continue;
    const fields = row as Record<string, unknown>;
    const called = String(fields[name] ?? "");
    if (called === "" || [...own, ...more].some((exit) => exit.name === called)) continue;
    more.push({ name: called, title: String(fields[title] ?? "") || called });
  }
  return [...more, ...own];
}

/** Something about a flow that its maker should know; an error keeps it from being published. */
export const FlowIssue = Type.Object({
  severity: Type.Enum(["error", "warning"]),
  code: Type.String(),
  /** The block it is about; null: the whole. */
  block: Nullable(Type.String()),
  exit: Type.Optional(Type.String()),
  option: Type.Optional(Type.String()),
  words: Type.String(),
});
export type FlowIssue = Static<typeof FlowIssue>;
