import Type, { type TSchema } from "typebox";
import { type OptionDraw, SayingOption, VARIABLE_NAME } from "../../contract/flow.ts";

/** Fields of blocks' options: each is its validation, its type, and how the designer draws it. */

const drawn = (title: string, draw: OptionDraw, more: object = {}) => ({ title, draw, ...more });

const reference = (draw: OptionDraw) => (title: string) => Type.Integer({ minimum: 1, ...drawn(title, draw) });
export const queueOption = reference("queue");
export const promptOption = reference("prompt");
export const projectOption = reference("project");
export const telephoneOption = reference("telephone");
export const agentOption = reference("agent");
export const calendarOption = reference("calendar");
export const contactListOption = reference("contact-list");
export const dataQueryOption = reference("data-query");

/** What is said; at least one thing where it is `needed`. */
export const sayings = (title: string, { needed = false }: { needed?: boolean } = {}) =>
  Type.Array(SayingOption, {
    ...drawn(title, "sayings"),
    maxItems: 20,
    ...(needed ? { minItems: 1 } : { default: [] }),
  });

/** As `template`, in several lines. */
export const longTemplate = (title: string, maxLength: number, more: object = {}) =>
  Type.String({ ...drawn(title, "long-text", more), maxLength, default: "" });

/** Text in which `{name}` stands for what a variable holds. */
export const template = (title: string, maxLength = 500, more: object = {}) =>
  Type.String({ ...drawn(title, "template", more), maxLength });

/** The same where secrets of the house may stand as well: `{secret.name}`. */
export const headerTemplate = (title: string, maxLength: number) =>
  Type.String({ ...drawn(title, "header"), maxLength });

/** The name of a variable that a block sets. */
export const variableName = (title: string, otherwise: string) =>
  Type.String({ ...drawn(title, "variable"), pattern: VARIABLE_NAME, default: otherwise });

export const seconds = (title: string, otherwise: number, [minimum, maximum]: [number, number]) =>
  Type.Integer({ ...drawn(title, "seconds"), minimum, maximum, default: otherwise });

export const whole = (title: string, otherwise: number, [minimum, maximum]: [number, number]) =>
  Type.Integer({ title, minimum, maximum, default: otherwise });

export const yesNo = (title: string, otherwise: boolean) => Type.Boolean({ title, default: otherwise });

/** One of some values, each with its words; the first is meant where nothing is said. */
export const choice = <const Words extends Record<string, string>>(title: string, words: Words) =>
  Type.Enum(Object.keys(words) as (keyof Words & string)[], { title, words, default: Object.keys(words)[0] });

/** Rows of fields, such as the keys of a menu. */
export const rows = <Row extends TSchema>(title: string, row: Row, [minItems, maxItems]: [number, number]) =>
  Type.Array(row, { title, minItems, maxItems, ...(minItems === 0 ? { default: [] } : {}) });
export const row = <Fields extends Record<string, TSchema>>(fields: Fields) =>
  Type.Object(fields, { additionalProperties: false });
export const keyOption = (title: string) => Type.String({ ...drawn(title, "key"), pattern: "^[0-9*]$" });
