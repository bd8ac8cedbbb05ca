import type { ReactNode } from "react";
import type { Field } from "../model/form-fields.ts";

/** One of the things a field can be. */
export interface Option {
  value: string;
  label: string;
}

/** What one field is drawn from. */
export interface FieldDrawing {
  field: Field;
  value: unknown;
  set: (value: unknown) => void;
  label: string;
  hint: ReactNode;
  blank: string;
  problem: string | undefined;
  /** The panel's focus starts here. */
  first: boolean;
}
