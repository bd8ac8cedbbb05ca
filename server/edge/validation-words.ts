/** What a validator finds wrong with one value. */
export interface ValidationError {
  keyword: string;
  instancePath: string;
  params: Record<string, unknown>;
}

export interface FieldProblem {
  /** As in `queues/0`; empty for the whole. */
  field: string;
  problem: string;
}

const TYPES: Record<string, string> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object with fields",
  null: "empty",
};
/** More than that nobody reads. */
const SHOWN = 10;

/** A validator's findings in words a person can act on, naming each field. Never the value: it may be a secret. */
export function fieldProblems(errors: readonly ValidationError[]): FieldProblem[] {
  // Where one of several forms would do, such as a number or nothing, the last finding only says that none did.
  const alternatives = new Set(errors.filter((one) => one.keyword === "anyOf").map((one) => one.instancePath));
  const told = errors.flatMap((error): FieldProblem[] => {
    const field = error.instancePath.slice(1).replaceAll("~1", "/").replaceAll("~0", "~");
    const { keyword, params } = error;
    if (alternatives.has(error.instancePath)) {
      if (keyword === "anyOf" || (keyword === "type" && params.type === "null")) return [];
      // "schema is false" comes along with each field that is too many.
    } else if (keyword === "boolean") return [];
    const under = (name: unknown) => (field === "" ? String(name) : `${field}/${name}`);
    if (keyword === "required") {
      return texts(params.requiredProperties).map((name) => ({ field: under(name), problem: "is missing" }));
    }
    if (keyword === "additionalProperties") {
      return texts(params.additionalProperties).map((name) => ({
        field: under(name).slice(0, 80),
        problem: "is not known here",
      }));
    }
    return [{ field, problem: wordsFor(keyword, params) }];
  });
  return told.length === 0 ? [{ field: "", problem: "is not of the form it must have" }] : told.slice(0, SHOWN);
}

/** One sentence for a title. `part` is what of the request was looked at. */
export function sentenceFor(part: string, { field, problem }: FieldProblem): string {
  return field === "" ? `The ${part} ${problem}.` : `${JSON.stringify(field)} ${problem}.`;
}

function wordsFor(keyword: string, params: Record<string, unknown>): string {
  switch (keyword) {
    case "type":
      return `must be ${[params.type]
        .flat()
        .map((type) => TYPES[String(type)] ?? String(type))
        .join(" or ")}`;
    case "minLength":
      return `must have at least ${params.limit} ${params.limit === 1 ? "character" : "characters"}`;
    case "maxLength":
      return `must have at most ${params.limit} characters`;
    case "minItems":
      return `must hold at least ${params.limit}`;
    case "maxItems":
      return `must hold at most ${params.limit}`;
    case "uniqueItems":
      return "must not hold the same twice";
    case "minimum":
      return `must be at least ${params.limit}`;
    case "maximum":
      return `must be at most ${params.limit}`;
    case "enum":
      return `must be one of ${texts(params.allowedValues).join(", ")}`;
    case "pattern":
      return "has characters or a form that is not allowed here";
    case "format":
      return `is not a ${params.format}`;
    default:
      return "is not of the form it must have";
  }
}

const texts = (values: unknown): string[] => (Array.isArray(values) ? values.map(String) : []);
