import { type RawBuilder, sql } from "kysely";

/**
 * Numbers are written in many ways: 055 123456, +39055123456, 0039055123456. The same is whose last nine digits are the
 * same. Written as the indexes of migration 0010 are, or they would not be used.
 */
export const digitsOf = (number: RawBuilder<unknown>) => sql<string>`tail_of_number(${number})`;

/** Withheld numbers and internal ones are nobody's to call back. */
export const SAME_NUMBER = (number: RawBuilder<unknown>) => sql<boolean>`length(tail_of_number(${number})) >= 6`;
