import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { TelephoneHistory } from "../../../contract/views.ts";
import { telephoneLanes } from "../../model/agent-day.ts";
import { EmptyState } from "../../ui/blank.tsx";
import { api } from "../desk.ts";
import { DayBefore } from "./day-before.tsx";
import { DayLanes } from "./day-lanes.tsx";
import { AGAIN_MS, useDay } from "./use-day.ts";
import "../floor/floor.css";

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
  const day = useDay();
  const range = { from: new Date(day.whole.from).toISOString(), to: new Date(day.whole.to).toISOString() };
  const history = useQuery({
    queryKey: ["telephone-day", telephoneId, range],
    queryFn: () => api.get<TelephoneHistory>(`/telephones/${telephoneId}/history`, range),
    refetchInterval: day.day === day.today ? AGAIN_MS : false,
  });
  const { data } = history;
  const lanes = useMemo(() => (data === undefined ? [] : telephoneLanes(data.leases, Date.parse(data.now))), [data]);
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{data?.telephone.name ?? "Telephone"}</h1>
      </header>
      <DayLanes
        day={day}
        history={history}
        lanes={lanes}
        fileName={data?.telephone.name ?? "telephone"}
        empty={
          data?.leases.length === 0 ? (
            <EmptyState
              title={day.day === day.today ? "Nobody sat here today" : "Nobody sat here that day"}
              act={<DayBefore day={day} />}
            >
              Who logs in on this telephone is drawn here.
            </EmptyState>
          ) : null
        }
      />
    </div>
  );
}
