import type { Flow } from "../../../contract/flow.ts";
import type { ProjectTraffic } from "../../../contract/project-views.ts";
import type { Wire } from "../../model/projects/flow-diff.ts";

/** How a block is marked on the canvas: by a comparison, or by a way through the project. */
export type Mark = "added" | "removed" | "changed" | "passed" | "here";

/** What is drawn over the flow, or instead of it. */
export interface Picture {
  /** Another flow than the draft: an older version, two of them in one. It cannot be changed. */
  flow?: Flow;
  marks?: ReadonlyMap<string, Mark>;
  /** The exits somebody went through, as `exitKey`s. */
  passed?: ReadonlySet<string>;
  /** Wires that a comparison shows: those that came, as `exitKey`s, and those that are gone. */
  added?: ReadonlySet<string>;
  removed?: readonly Wire[];
  traffic?: ProjectTraffic;
}

export const exitKey = (block: string, exit: string) => `${block} ${exit}`;
