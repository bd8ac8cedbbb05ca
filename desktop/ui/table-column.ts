import type { ReactNode } from "react";

/** A column of a table: its head, and what stands below it. */
export interface Column<Row> {
  id: string;
  title: string;
  /** The plain value: sorted, filtered and copied by. */
  value: (row: Row) => string | number | null;
  /** As it is read, where that is not the plain value: then filtered and copied by this. */
  text?: (row: Row) => string;
  /** How it is drawn, where that is not the plain value. */
  cell?: (row: Row) => ReactNode;
  width: number;
  /** Numbers stand right. */
  numeric?: boolean;
  /** Not shown until somebody chooses it. */
  hidden?: boolean;
  /** What the figure means, exactly; told at its head. */
  about?: string;
  /** Cannot be sorted by (a server that sorts may not know it). */
  unsorted?: boolean;
}
