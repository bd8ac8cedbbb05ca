import { Value } from "typebox/value";
import {
  type BlockKind,
  exitsOf,
  type Flow,
  type FlowBlock,
  type FlowIssue,
  OPTION_REFERENCES,
  type OptionDraw,
  type OptionReference,
  type OptionSchema,
  SayingOption,
} from "../../contract/flow.ts";
import { doubledExits } from "./doubled-exits.ts";
import { eachOption } from "./flow-option.ts";
import { checkSecrets } from "./secret-check.ts";

/** What a flow refers to: things of the house by kind and id, and where. */
export interface FlowReference {
  kind: OptionReference;
  id: number;
  block: string;
  option: string;
}

/** What references stand for; null where it is not there (any more). */
export type NameOfReference = (kind: OptionReference, id: number) => string | null;

type Kinds = ReadonlyMap<string, BlockKind>;
const NO_SECRETS: ReadonlySet<string> = new Set();

/**
 * Everything that is wrong, or looks wrong, with a flow, in the order of its blocks. With an error in it a flow is not
 * published: a caller would stand there.
 */
export function checkFlow(
  flow: Flow,
  kinds: Kinds,
  nameOf: NameOfReference,
  secrets: ReadonlySet<string> = NO_SECRETS,
): FlowIssue[] {
  return [
    ...checkIds(flow),
    ...checkEntries(flow, kinds),
    ...flow.blocks.flatMap((block) => checkBlock(block, flow, kinds, nameOf)),
    ...checkSecrets(flow, kinds, secrets, (block) => titleOf(block, kinds)),
    ...checkReach(flow, kinds),
    ...checkCircles(flow, kinds),
  ];
}

const issue = (
  severity: FlowIssue["severity"],
  code: string,
  block: string | null,
  words: string,
  where: { exit?: string; option?: string } = {},
): FlowIssue => ({ severity, code, block, words, ...where });

function checkIds(flow: Flow): FlowIssue[] {
  const seen = new Set<string>();
  return flow.blocks.flatMap(({ id }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [issue("error", "id.twice", id, `Two blocks have the name “${id}”.`)];
  });
}

function checkEntries(flow: Flow, kinds: Kinds): FlowIssue[] {
  const of = (type: string) => flow.blocks.filter((block) => block.type === type);
  const found: FlowIssue[] = [];
  if (of("start").length === 0) found.push(issue("error", "start.none", null, "There is no Start: no call gets in."));
  for (const type of ["start", "finally"]) {
    for (const { id } of of(type).slice(1)) {
      found.push(issue("error", "entry.twice", id, `There is more than one ${kinds.get(type)?.title ?? type}.`));
    }
  }
  return found;
}

function checkBlock(block: FlowBlock, flow: Flow, kinds: Kinds, nameOf: NameOfReference): FlowIssue[] {
  const kind = kinds.get(block.type);
  const called = titleOf(block, kinds);
  if (kind === undefined) {
    return [
      issue("error", "type.unknown", block.id, `“${block.type}” is a kind of block that this house does not have.`),
    ];
  }
  const exits = exitsOf(kind, block.options);
  const ids = new Set(flow.blocks.map(({ id }) => id));
  const found = checkOptions(block, kind, called, nameOf);
  for (const { exit, option } of doubledExits(block, kind)) {
    found.push(issue("error", "exit.twice", block.id, `“${exit}” of ${called} stands twice.`, { option }));
  }
  for (const { name, title } of exits) {
    const to = block.exits[name];
    if (to === undefined) {
      found.push(issue("error", "exit.open", block.id, `“${title}” of ${called} leads nowhere.`, { exit: name }));
    } else if (!ids.has(to)) {
      found.push(
        issue("error", "exit.lost", block.id, `“${title}” of ${called} leads to a block that is gone.`, { exit: name }),
      );
    } else if (kinds.get(flow.blocks.find(({ id }) => id === to)?.type ?? "")?.entry === true) {
      found.push(
        issue("error", "exit.entry", block.id, `“${title}” of ${called} leads to a beginning.`, { exit: name }),
      );
    }
  }
  for (const name of Object.keys(block.exits)) {
    if (!exits.some((exit) => exit.name === name)) {
      found.push(
        issue("warning", "exit.unknown", block.id, `${called} has no exit “${name}” any more.`, { exit: name }),
      );
    }
  }
  return found;
}

function checkOptions(block: FlowBlock, kind: BlockKind, called: string, nameOf: NameOfReference): FlowIssue[] {
  const found: FlowIssue[] = [];
  const seen = new Set<string>();
  // As the call is led: an option that is newer than the flow, or that a file leaves out, has its usual value.
  const whole = Value.Default(kind.options, structuredClone(block.options));
  for (const error of Value.Errors(kind.options, whole)) {
    const option = optionOf(error);
    if (seen.has(option)) continue;
    seen.add(option);
    const title = kind.options.properties[option]?.title ?? option;
    found.push(
      issue("error", "option.invalid", block.id, `“${title}” of ${called} is missing or not possible.`, { option }),
    );
  }
  for (const { kind: of, id, option } of referencesOfBlock(block, kind)) {
    if (nameOf(of, id) !== null) continue;
    found.push(
      issue("error", "reference.unknown", block.id, `The ${of.replace("-", " ")} of ${called} is not there any more.`, {
        option,
      }),
    );
  }
  return found;
}

/** The option that an error of its schema is about. */
function optionOf(error: { instancePath: string; params?: unknown }): string {
  const first = error.instancePath.split("/")[1];
  if (first !== undefined && first !== "") return first;
  const { requiredProperties, additionalProperties } = (error.params ?? {}) as Record<string, string[] | undefined>;
  return requiredProperties?.[0] ?? additionalProperties?.[0] ?? "";
}

/** Blocks no caller can get to. Behind `finally` nobody is on the line: only some kinds may stand there. */
function checkReach(flow: Flow, kinds: Kinds): FlowIssue[] {
  const fromStart = reached(flow, "start");
  const fromFinally = reached(flow, "finally");
  return flow.blocks.flatMap((block) => {
    const kind = kinds.get(block.type);
    const called = titleOf(block, kinds);
    if (kind === undefined || kind.entry) return [];
    if (fromFinally.has(block.id) && !kind.afterCall) {
      return [
        issue("error", "after-call.voice", block.id, `${called} needs a caller, and behind Finally there is none.`),
      ];
    }
    if (fromStart.has(block.id) || fromFinally.has(block.id)) return [];
    return [issue("warning", "block.unreachable", block.id, `Nothing leads to ${called}.`)];
  });
}

function reached(flow: Flow, entry: string): Set<string> {
  const blocks = new Map(flow.blocks.map((block) => [block.id, block]));
  const waiting = flow.blocks.filter(({ type }) => type === entry).map(({ id }) => id);
  const found = new Set<string>(waiting);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const next of Object.values(blocks.get(id)?.exits ?? {})) {
      if (found.has(next) || !blocks.has(next)) continue;
      found.add(next);
      waiting.push(next);
    }
  }
  return found;
}

/** Circles in which nothing is waited for: a caller would run in them until he is taken out. */
function checkCircles(flow: Flow, kinds: Kinds): FlowIssue[] {
  const quick = flow.blocks.filter(({ type }) => kinds.get(type)?.waits === false);
  const blocks = new Map(quick.map((block) => [block.id, block]));
  const comesBack = (block: FlowBlock): boolean => {
    const waiting = Object.values(block.exits);
    const seen = new Set<string>();
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (id === block.id) return true;
      if (seen.has(id)) continue;
      seen.add(id);
      waiting.push(...Object.values(blocks.get(id)?.exits ?? {}));
    }
    return false;
  };
  return quick
    .filter(comesBack)
    .map((block) =>
      issue(
        "error",
        "circle.endless",
        block.id,
        `${titleOf(block, kinds)} stands in a circle in which nothing is waited for.`,
      ),
    );
}

/** What people call a block: its own name, else its kind's. */
export function titleOf(block: FlowBlock, kinds: Kinds): string {
  return block.title?.trim() || kinds.get(block.type)?.title || block.type;
}

/** Everything of the house that a flow refers to. */
export function referencesOf(flow: Flow, kinds: Kinds): FlowReference[] {
  return flow.blocks.flatMap((block) => {
    const kind = kinds.get(block.type);
    return kind === undefined ? [] : referencesOfBlock(block, kind);
  });
}

const isReference = (draw: unknown): draw is OptionReference =>
  (OPTION_REFERENCES as readonly unknown[]).includes(draw);

function referencesOfBlock(block: FlowBlock, kind: BlockKind): FlowReference[] {
  const found: FlowReference[] = [];
  eachOption(block, kind, (value, { draw }, option) => {
    if (isReference(draw) && typeof value === "number") found.push({ kind: draw, id: value, block: block.id, option });
    for (const saying of sayingsIn(value, draw)) {
      if ("prompt" in saying) found.push({ kind: "prompt", id: saying.prompt, block: block.id, option });
    }
  });
  return found;
}

/** The texts that a flow says and that hold no variable, each once. */
export function textsOf(flow: Flow, kinds: Kinds): string[] {
  const found = new Set<string>();
  for (const block of flow.blocks) {
    const kind = kinds.get(block.type);
    if (kind === undefined) continue;
    eachOption(block, kind, (value, { draw }) => {
      for (const saying of sayingsIn(value, draw)) {
        if ("text" in saying && !saying.text.includes("{") && saying.text.trim() !== "") found.add(saying.text);
      }
    });
  }
  return [...found];
}

/** What a list of sayings holds; nothing of any other value. */
const sayingsIn = (value: unknown, draw: OptionDraw | undefined): SayingOption[] =>
  draw === "sayings" && Array.isArray(value) ? value.filter((one) => Value.Check(SayingOption, one)) : [];

/** A flow with its references put in other places: what an imported file's become here; null leaves it open. */
export function rereferenced(
  flow: Flow,
  kinds: Kinds,
  toHere: (kind: OptionReference, id: number) => number | null,
): Flow {
  const turn = (value: unknown, schema: OptionSchema | undefined): unknown => {
    if (schema === undefined || value === null || value === undefined) return value;
    if (isReference(schema.draw) && typeof value === "number") return toHere(schema.draw, value) ?? undefined;
    if (schema.draw === "sayings" && Array.isArray(value)) {
      return value.flatMap((saying) => {
        if (!Value.Check(SayingOption, saying) || !("prompt" in saying)) return [saying];
        const here = toHere("prompt", saying.prompt);
        return here === null ? [] : [{ prompt: here }];
      });
    }
    if (Array.isArray(value)) return value.map((each) => turn(each, schema.items)).filter((each) => each !== undefined);
    if (typeof value !== "object") return value;
    const turned = Object.entries(value).map(([name, each]) => [name, turn(each, schema.properties?.[name])] as const);
    return Object.fromEntries(turned.filter(([, each]) => each !== undefined));
  };
  return {
    ...flow,
    blocks: flow.blocks.map((block) => ({
      ...block,
      options: turn(block.options, kinds.get(block.type)?.options) as FlowBlock["options"],
    })),
  };
}
