import type { ReactNode } from "react";
import "./fields.css";

/** A column of named values, the names aligned. Put `Field`s in it. */
export function Fields(props: { children: ReactNode }) {
  return <dl className="fields">{props.children}</dl>;
}

/** One named value. A dash stands where there is none, so that nobody wonders whether it failed to load. */
export function Field(props: { label: string; children?: ReactNode }) {
  const empty = props.children === null || props.children === undefined || props.children === "";
  return (
    <div className="field">
      <dt>{props.label}</dt>
      <dd>{empty ? <span className="quiet">–</span> : props.children}</dd>
    </div>
  );
}
