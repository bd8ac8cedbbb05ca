import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { AgentHistory, HistorySession } from "../../../contract/views.ts";
import { agentLanes } from "../../model/agent-day.ts";
import { EmptyState } from "../../ui/blank.tsx";
import { api, useDesk } from "../desk.ts";
import { DayBefore } from "./day-before.tsx";
import { DayLanes } from "./day-lanes.tsx";
import { DaySums } from "./day-sums.tsx";
import { AGAIN_MS, useDay } from "./use-day.ts";
import "../floor/floor.css";

/** More sessions than this a day nobody has; the page then says so. */
const MOST_PAGES = 10;

/** An agent's days: their own for agents, anybody's for supervisors and administrators. */
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
  const day = useDay();
  const { from, to } = day.whole;
  const live = day.day === day.today;
  const history = useQuery({
    queryKey: ["agent-day", agentId, from, to],
    queryFn: () => wholeDay(agentId, from, to),
    refetchInterval: live ? AGAIN_MS : false,
  });
  const data = history.data;
  const lanes = useMemo(() => (data === undefined ? [] : agentLanes(data.sessions, Date.parse(data.now))), [data]);
  return (
    <DayLanes
      day={day}
      history={history}
      lanes={lanes}
      fileName={data?.agent.name ?? "day"}
      empty={
        data?.sessions.length === 0 ? (
          <EmptyState title={live ? "Not logged in today" : "Not logged in that day"} act={<DayBefore day={day} />}>
            Sessions, telephones, pauses and calls of the day are drawn here.
          </EmptyState>
        ) : null
      }
      note={data?.cut ? <p className="days-note">Only the first sessions of the day are shown.</p> : null}
      side={data === undefined ? null : <DaySums sessions={data.sessions} day={day.whole} zone={day.zone} />}
    />
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
