import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { dayRows, type Lane } from "../../model/agent-day.ts";
import { clockChange } from "../../model/timeline.ts";
import { ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { DayBar } from "./day-bar.tsx";
import { DayTable } from "./day-table.tsx";
import { TimeLine } from "./time-line.tsx";
import { type HouseDay, useDayLook } from "./use-day.ts";

/** A day under its bar: its lanes as a time line and, where asked for, as a table; or that it is empty, loads or fails. */
export function DayLanes(props: {
  day: HouseDay;
  history: UseQueryResult<unknown>;
  lanes: readonly Lane[];
  /** Of the file, without its day. */
  fileName: string;
  /** Said instead of a day on which nothing was; null where something was. */
  empty: ReactNode;
  /** Said above the lanes. */
  note?: ReactNode;
  /** Beside the lanes. */
  side?: ReactNode;
}) {
  const { history, lanes } = props;
  const look = useDayLook(props.day, lanes);
  const change = clockChange(look.whole);
  const [table, setTable] = useState(false);
  const rows = useMemo(() => dayRows(lanes), [lanes]);
  const main = (
    <div className="days-main">
      <ErrorLine error={history.error} />
      {props.note}
      {change === null ? null : <p className="days-note quiet">{change}</p>}
      <TimeLine lanes={lanes} look={look} />
      {table ? <DayTable rows={rows} day={look.whole} zone={look.zone} /> : null}
    </div>
  );
  const drawn =
    props.side === undefined ? (
      main
    ) : (
      <div className="days">
        {main}
        {props.side}
      </div>
    );
  return (
    <>
      <DayBar look={look} rows={rows} fileName={props.fileName} table={table} onTable={setTable} />
      {history.data === undefined ? (
        history.isError ? (
          <ErrorState error={history.error} onRetry={() => void history.refetch()} />
        ) : (
          <LoadingRows label="Loading the day" />
        )
      ) : (
        (props.empty ?? drawn)
      )}
    </>
  );
}
