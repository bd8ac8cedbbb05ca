import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { AgentHistory, HistorySession } from "../../../contract/views.ts";
import { agentLanes, dayRows } from "../../model/agent-day.ts";
import { EmptyState, ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { api, useDesk } from "../desk.ts";
import { DayBar } from "./day-bar.tsx";
import { DaySums } from "./day-sums.tsx";
import { DayTable } from "./day-table.tsx";
import { TimeLine } from "./time-line.tsx";
import { useDay } from "./use-day.ts";
import "../floor/floor.css";

/** While today is looked at it is asked for again this often. */
const AGAIN_MS = 15_000;
/** More sessions than this a day nobody has; the page then says so. */
const MOST_PAGES = 10;

/** An agent's days: his own for an agent, anybody's for supervisors and administrators. */
export function DaysScreen() {
  const { me, snapshot } = useDesk();
  const search: { agent?: number } = useSearch({ strict: false });
  const navigate = useNavigate();
  const agentId = me.role === "agent" ? me.id : (search.agent ?? null);
  const options = (snapshot.agents ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{me.role === "agent" ? "My days" : "Days"}</h1>
        {me.role === "agent" ? null : (
          <Select
            aria-label="Whose days"
            placeholder="Choose an agent"
            w={220}
            searchable
            limit={200}
            nothingFoundMessage="Nobody by that name"
            data={options}
            value={agentId === null ? null : String(agentId)}
            onChange={(value) => void navigate({ to: ".", search: { ...search, agent: Number(value) } })}
            allowDeselect={false}
          />
        )}
      </header>
      {agentId === null ? (
        <EmptyState title="Whose days?">
          {options.length === 0
            ? "There are no agents yet."
            : "Choose an agent above: sessions, telephones, pauses and calls are shown day by day."}
        </EmptyState>
      ) : (
        <AgentDay key={agentId} agentId={agentId} />
      )}
    </div>
  );
}

function AgentDay({ agentId }: { agentId: number }) {
  const look = useDay();
  const [table, setTable] = useState(false);
  const { from, to } = look.whole;
  const live = look.day === look.today;
  const history = useQuery({
    queryKey: ["agent-day", agentId, from, to],
    queryFn: () => wholeDay(agentId, from, to),
    refetchInterval: live ? AGAIN_MS : false,
  });
  const data = history.data;
  const lanes = useMemo(() => (data === undefined ? [] : agentLanes(data.sessions, Date.parse(data.now))), [data]);
  const rows = useMemo(() => dayRows(lanes), [lanes]);
  return (
    <>
      <DayBar look={look} rows={rows} fileName={data?.agent.name ?? "day"} table={table} onTable={setTable} />
      {data === undefined ? (
        history.isError ? (
          <ErrorState error={history.error} onRetry={() => void history.refetch()} />
        ) : (
          <LoadingRows label="Loading the day" />
        )
      ) : data.sessions.length === 0 ? (
        <EmptyState title={live ? "Not logged in today" : "Not logged in that day"}>
          Sessions, telephones, pauses and calls of the day are drawn here.
        </EmptyState>
      ) : (
        <div className="days">
          <div className="days-main">
            <ErrorLine error={history.error} />
            {data.cut ? <p className="days-bar">Only the first sessions of the day are shown.</p> : null}
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
          <DaySums sessions={data.sessions} zone={look.zone} />
        </div>
      )}
    </>
  );
}

async function wholeDay(
  agentId: number,
  from: number,
  to: number,
): Promise<Pick<AgentHistory, "agent" | "now"> & { sessions: HistorySession[]; cut: boolean }> {
  const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const sessions: HistorySession[] = [];
  let cursor: string | null = null;
  for (let page = 0; ; page += 1) {
    const found: AgentHistory = await api.get<AgentHistory>(`/agents/${agentId}/history`, { ...range, cursor });
    sessions.push(...found.sessions);
    cursor = found.next;
    if (cursor === null || page >= MOST_PAGES) {
      return { agent: found.agent, now: found.now, sessions, cut: cursor !== null };
    }
  }
}
