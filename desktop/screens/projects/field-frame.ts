import type { OptionSchema } from "../../../contract/flow.ts";
import type { Designer } from "./use-designer.ts";

/** What one field of a block's options is drawn from. */
export interface FieldFrame {
  label: string;
  description: string | undefined;
  schema: OptionSchema;
  value: unknown;
  required: boolean;
  problem: string | undefined;
  fixed: boolean;
  designer: Designer;
  /** `part`: which row of it, so that typing in one row is one step. */
  set: (value: unknown, part?: number | string) => void;
}
