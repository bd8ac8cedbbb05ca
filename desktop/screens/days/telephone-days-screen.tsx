import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { TelephoneHistory } from "../../../contract/views.ts";
import { dayRows, telephoneLanes } from "../../model/agent-day.ts";
import { EmptyState, ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { api } from "../desk.ts";
import { DayBar } from "./day-bar.tsx";
import { DayTable } from "./day-table.tsx";
import { TimeLine } from "./time-line.tsx";
import { useDay } from "./use-day.ts";
import "../floor/floor.css";

const AGAIN_MS = 15_000;

/** Who sat at a telephone, day by day. */
export function TelephoneDaysScreen() {
  const search: { telephone?: number } = useSearch({ strict: false });
  return search.telephone === undefined ? (
    <EmptyState title="Which telephone?" act={<Link to="/administration/telephones">To the telephones</Link>}>
      This page is opened from a telephone.
    </EmptyState>
  ) : (
    <TelephoneDay key={search.telephone} telephoneId={search.telephone} />
  );
}

function TelephoneDay({ telephoneId }: { telephoneId: number }) {
  const look = useDay();
  const [table, setTable] = useState(false);
  const range = { from: new Date(look.whole.from).toISOString(), to: new Date(look.whole.to).toISOString() };
  const history = useQuery({
    queryKey: ["telephone-day", telephoneId, range],
    queryFn: () => api.get<TelephoneHistory>(`/telephones/${telephoneId}/history`, range),
    refetchInterval: look.day === look.today ? AGAIN_MS : false,
  });
  const { data } = history;
  const lanes = useMemo(() => (data === undefined ? [] : telephoneLanes(data.leases, Date.parse(data.now))), [data]);
  const rows = useMemo(() => dayRows(lanes), [lanes]);
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{data?.telephone.name ?? "Telephone"}</h1>
      </header>
      <DayBar look={look} rows={rows} fileName={data?.telephone.name ?? "telephone"} table={table} onTable={setTable} />
      {data === undefined ? (
        history.isError ? (
          <ErrorState error={history.error} onRetry={() => void history.refetch()} />
        ) : (
          <LoadingRows label="Loading the day" />
        )
      ) : data.leases.length === 0 ? (
        <EmptyState title="Nobody sat here that day">Who logs in on this telephone is drawn here.</EmptyState>
      ) : (
        <div className="days-main">
          <ErrorLine error={history.error} />
          <TimeLine
            lanes={lanes}
            day={look.whole}
            seen={look.seen}
            zone={look.zone}
            now={look.now}
            onLook={look.look}
          />
          {table ? <DayTable rows={rows} zone={look.zone} /> : null}
        </div>
      )}
    </div>
  );
}
