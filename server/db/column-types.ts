import type { ColumnType, Generated } from "kysely";

/** Set when a row is written, and never again. */
export type CreatedAt = ColumnType<Date, Date | undefined, never>;
/** Read parsed, written as text. */
export type Json<T> = ColumnType<T, string, string>;
export type Id = Generated<number>;
/** A nullable column that may be left out of an insert. */
export type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>;
