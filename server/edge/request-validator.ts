import type { FastifySchemaCompiler } from "fastify";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";

/**
 * Holds bodies, queries and addresses against their schemas. In a query or an address everything is text, so what has
 * to be a number or a truth is read as one; text that is not wholly one stays text, and is refused as such. (TypeBox's
 * own conversion would take "1.5" for 1, and somebody would read, or remove, another row than he named.)
 */
export const requestValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const expected = Compile(schema);
  const types = propertyTypes(schema);
  return (value: unknown) => {
    const read = httpPart === "body" ? value : fromText(value, types);
    const broken = httpPart === "body" ? brokenText(read, "", DEEPEST) : null;
    if (broken !== null) return { error: [{ keyword: "pattern", instancePath: broken, params: {} }] as never };
    return expected.Check(read) ? { value: read } : { error: expected.Errors(read) as never };
  };
};

/** No body of ours is deeper; a stack is not endless. */
const DEEPEST = 12;

/**
 * Where half a surrogate pair or a NUL stands (JSON can carry both as an escape, and not every schema minds); null is
 * nowhere. PostgreSQL holds neither, in no text and no JSON.
 */
function brokenText(value: unknown, path: string, levels: number): string | null {
  if (typeof value === "string") return isStorable(value) ? null : path;
  // A file is bytes, and no text.
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return null;
  if (levels === 0) return path;
  for (const [name, one] of Object.entries(value)) {
    const broken = isStorable(name) ? brokenText(one, `${path}/${name}`, levels - 1) : path;
    if (broken !== null) return broken;
  }
  return null;
}

const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes("\0");

const READ: Record<string, (text: string) => unknown> = {
  integer: (text) => (/^-?[0-9]{1,15}$/.test(text) ? Number(text) : text),
  number: (text) => (/^-?[0-9]{1,15}(\.[0-9]{1,15})?$/.test(text) ? Number(text) : text),
  boolean: (text) => (text === "true" ? true : text === "false" ? false : text),
};

function propertyTypes(schema: object): Map<string, (text: string) => unknown> {
  const properties =
    "properties" in schema ? Object.entries(schema.properties as Record<string, { type?: string }>) : [];
  return new Map(
    properties.flatMap(([name, { type }]) => {
      const read = READ[type ?? ""];
      return read === undefined ? [] : [[name, read] as const];
    }),
  );
}

function fromText(value: unknown, types: Map<string, (text: string) => unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const read = types.get(name);
      return [name, read !== undefined && typeof one === "string" ? read(one) : one];
    }),
  );
}
