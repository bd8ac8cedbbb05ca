import type { ReactNode } from "react";
import type { TSchema } from "typebox";
import type { BodyOf, Collection, RowOf } from "../../model/api.ts";
import type { Field, FieldWords, Values } from "../../model/form-fields.ts";
import type { FieldDrawing, Option } from "../../ui/field-drawing.ts";
import type { Column } from "../../ui/table.tsx";
import type { House } from "./house.ts";

/** One kind of thing an administrator keeps: its table, its form, its words. To add one: write this, list it. */
export interface Kind<C extends Collection> {
  collection: C;
  /** Plural, as the section list says it; and one of them, in the middle of a sentence. */
  title: string;
  one: string;
  /** Where it is not made by an s. */
  many?: string;
  /** Stands before all others, whatever they are called. */
  leads?: (row: RowOf<C>) => boolean;
  /** A sentence under the empty table: what would be here. */
  purpose: string;
  schema: TSchema;
  words: Readonly<Record<string, FieldWords>>;
  /** A sentence under a field that follows what is chosen. */
  hints?: Readonly<Record<string, (values: Values) => string>>;
  /** Fields that are written and never read. */
  secrets?: readonly string[];
  columns: (house: House) => readonly Column<RowOf<C>>[];
  nameOf: (row: RowOf<C>) => string;
  /** By what the list can be narrowed, beside the search; the first one keeps all. */
  states?: Readonly<Record<string, { label: string; keeps: (row: RowOf<C>) => boolean }>>;
  /** Other ways to make some: pages with an address of their own. */
  ways?: readonly { word: string; to: string }[];
  /** What a form starts with: for a new one, and for one that is there. */
  fresh: Values;
  valuesOf: (row: RowOf<C>, house: House) => Values;
  options?: (house: House) => Readonly<Record<string, readonly Option[]>>;
  /** More fields than the body of the request has, which `afterSave` takes care of. */
  moreFields?: readonly Field[];
  /** Fields that stay as they were made. */
  fixed?: readonly string[];
  /** Fields that stand in the form only for some values. */
  shows?: (field: string, values: Values) => boolean;
  /** What a change of one field means for others. */
  follow?: (values: Values, changed: string) => Values;
  draw?: Readonly<Record<string, (drawing: FieldDrawing, values: Values, house: House) => ReactNode>>;
  /** Saves what `moreFields` carry. */
  afterSave?: (row: RowOf<C>, before: Values, now: Values, house: House) => Promise<void>;
  /** Something about the row above its form. */
  about?: (row: RowOf<C>, house: House) => ReactNode;
  /** Shown once after saving, instead of the form: what cannot be seen again. Null: nothing. */
  once?: (row: RowOf<C>, now: Values) => ReactNode | null;
  /** What deleting one does, and to whom. */
  removal: (row: RowOf<C>, house: House) => ReactNode;
  /** The body that makes a deleted one again: with it deletion asks nothing and offers to undo. */
  remake?: (row: RowOf<C>) => BodyOf<C>;
}
