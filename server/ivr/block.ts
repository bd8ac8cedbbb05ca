import type { Static, TObject } from "typebox";
import type { BlockGroup, BlockKind, OptionsSchema, SayingOption } from "../../contract/flow.ts";
import type { ProvenAgent } from "./agent-desk.ts";
import type { BlockHouse } from "./block-house.ts";
import type { Caller } from "./caller.ts";
import type { Variables } from "./variables.ts";

/** What blocks remember of a call for each other. */
export interface RunMemory {
  /** The agent who has proved on this call that he is the one. */
  agent: ProvenAgent | null;
}

/** What a block has in its hands while a call is in it. */
export interface BlockContext<Options> {
  readonly options: Options;
  readonly caller: Caller;
  readonly variables: Variables;
  readonly house: BlockHouse;
  /** The call's own name for chance, waits and what must happen once. */
  readonly runId: string;
  /** What is known of this call beside its variables, which anybody may set. */
  readonly memory: RunMemory;
  /** Where it stands: what it keeps is found by this. */
  readonly place: { projectId: number; block: string };
  /** Aborted when nothing that it does is of use any more. */
  readonly until: AbortSignal;
  /** Sayings with their variables filled in. */
  filled(sayings: readonly SayingOption[]): SayingOption[];
  /** What stands in the step log as the caller's input. Secrets never: a PIN is not noted. */
  note(input: string): void;
}

export interface BlockDefinition<Options extends TObject = TObject> {
  type: string;
  title: string;
  summary: string;
  group: BlockGroup;
  options: Options;
  exits: readonly { name: string; title: string }[];
  exitsOf?: { option: string; name: string; title: string };
  /** Whether it takes input or time; yes where nothing is said. */
  waits?: boolean;
  afterCall?: boolean;
  entry?: boolean;
  /** Variables of fixed names that it sets. */
  sets?: readonly string[];
  /** Does what the block does and answers the exit that is taken. Null: the run ends here. */
  run(context: BlockContext<Static<Options>>): Promise<string | null>;
}

/** One kind of block: one file. The palette, its form, its exits and its checks come out of this. */
export function defineBlock<Options extends TObject>(definition: BlockDefinition<Options>): BlockDefinition {
  // What runs it has checked the options with this very schema.
  return definition as unknown as BlockDefinition;
}

/** A kind of block as the designer has to know it. */
export function kindOf(block: BlockDefinition): BlockKind {
  const { type, title, summary, group, exits, exitsOf = null } = block;
  const { waits = true, afterCall = false, entry = false, sets = [] } = block;
  const options = block.options as unknown as OptionsSchema;
  return { type, title, summary, group, options, exits: [...exits], exitsOf, waits, afterCall, entry, sets: [...sets] };
}
