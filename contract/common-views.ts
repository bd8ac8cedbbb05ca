import Type from "typebox";

/** What the views are made of: identifiers, instants, names, and a page of a list. */

export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
export const Instant = Type.String({ format: "date-time" });
export const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const oneOf = <T extends string[]>(...values: [...T]) => Type.Enum(values);

/** A name for people: printable, one line, not blank. Control characters are refused (`\p{Cc}`, `\p{Zl}`, `\p{Zp}`). */
export const Name = (title: string, maxLength: number) =>
  Type.String({ title, minLength: 1, maxLength, pattern: "^(?=.*\\S)[^\\p{Cc}\\u2028\\u2029]+$" });
/** What people sign in with and telephones register with: safe in SIP, SQL, HTML and configuration files alike. */
export const Username = Type.String({
  title: "Username",
  minLength: 1,
  maxLength: 40,
  pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]*$",
});
export const Internal = Type.String({ title: "Internal number", pattern: "^[0-9]{2,8}$" });
export const PhoneNumber = Type.String({ title: "Number", pattern: "^\\+?[0-9]{1,20}$" });
export const Email = Type.String({ title: "Mail address", maxLength: 254, pattern: '^[^\\s@<>"]+@[^\\s@<>"]+$' });
export const Text = (title: string, maxLength: number) =>
  Type.String({ title, maxLength, pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$" });
export const Host = Type.String({
  title: "Host",
  maxLength: 253,
  pattern: "^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$",
});
/** An address or network, with a port where several trunks share one address. */
export const Match = Type.String({
  title: "Address",
  maxLength: 64,
  pattern: "^[0-9A-Fa-f.:]+(/[0-9]{1,3})?(:[0-9]{1,5})?$",
});

/** A page of a list: `next` is the cursor of the following page, null on the last. */
export const Page = <T extends Type.TSchema>(row: T) =>
  Type.Object({ rows: Type.Array(row), next: Nullable(Type.String()) });
