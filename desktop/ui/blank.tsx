import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { sentenceOf } from "../model/refusal-error.ts";
import { StateShape } from "./state.tsx";
import "./blank.css";

/** What would be here, and the one act that fills it. */
export function EmptyState(props: { title: string; children?: ReactNode; act?: ReactNode }) {
  return (
    <div className="blank">
      <p className="blank-title">{props.title}</p>
      {props.children ? <p className="quiet">{props.children}</p> : null}
      {props.act ? <div className="blank-act">{props.act}</div> : null}
    </div>
  );
}

/** What did not work, in the server's words, and what to do. */
export function ErrorState(props: { error: unknown; onRetry?: (() => void) | undefined }) {
  return (
    <div className="blank" role="alert">
      <p className="blank-title blank-fault">
        <StateShape name="fault" /> {sentenceOf(props.error)}
      </p>
      {props.onRetry ? (
        <div className="blank-act">
          <Button onClick={props.onRetry}>Try again</Button>
        </div>
      ) : null}
    </div>
  );
}

/** Rows that are still on their way: their place is kept, nothing jumps when they come. */
export function LoadingRows(props: { rows?: number; label?: string }) {
  return (
    <div className="loading" role="status" aria-label={props.label ?? "Loading"}>
      {Array.from({ length: props.rows ?? 6 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div className="loading-row" key={row} />
      ))}
    </div>
  );
}

/** A refusal or fault beside the control that caused it. Nothing where there is none. */
export function ErrorLine(props: { error: unknown }) {
  if (!props.error) return null;
  return (
    <p className="error-line" role="alert">
      <StateShape name="fault" /> <span>{sentenceOf(props.error)}</span>
    </p>
  );
}
