import { Button, TextInput } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { ItemCounts, QueueLive } from "../../../contract/views.ts";
import { clockText, counted } from "../../model/elapsed.ts";
import {
  type FloorFilter,
  floorCounts,
  floorLine,
  inGroup,
  ofTeamAndQueue,
  type TeamLine,
  teamLines,
} from "../../model/floor-agents.ts";
import { EmptyState } from "../../ui/blank.tsx";
import { Notice, type NoticeText } from "../../ui/notice.tsx";
import { useServerNow } from "../../ui/server-clock.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { useHouseList } from "../admin/house-lists.ts";
import { AlarmLines } from "../alarm-lines.tsx";
import { useDesk } from "../desk.ts";
import { AgentPanel } from "./agent-panel.tsx";
import { FloorAgents } from "./floor-agents.tsx";
import { FloorCounts } from "./floor-counts.tsx";
import { FloorTelephones } from "./floor-telephones.tsx";
import "./floor.css";

const NOTHING: FloorFilter = { group: null, teamId: null, queueId: null };
/** Teams change a few times a year. */
const TEAMS_AGAIN_MS = 60_000;

/** Home of supervisors and administrators: who waits, who does what, who sits where. */
export function FloorView() {
  const { snapshot } = useDesk();
  const now = useServerNow();
  const search: { show?: string; agent?: number } = useSearch({ strict: false });
  const navigate = useNavigate();
  const teams = useHouseList("teams", TEAMS_AGAIN_MS);
  const [filter, setFilter] = useState(NOTHING);
  const [find, setFind] = useState("");
  const [notice, setNotice] = useState<NoticeText | null>(null);

  const lines = useMemo(() => (snapshot.agents ?? []).map(floorLine), [snapshot.agents]);
  const seen = useMemo(() => ofTeamAndQueue(lines, filter), [lines, filter]);
  const rows = useMemo(() => inGroup(seen, filter.group), [seen, filter.group]);
  const teamRows = useMemo(() => teamLines(lines, teams.data?.rows ?? []), [lines, teams.data]);
  const telephones = search.show === "telephones";
  const opened = lines.find(({ agent }) => agent.id === search.agent);
  const open = (id: number | undefined) =>
    navigate({ to: "/", search: { ...(telephones ? { show: "telephones" } : {}), ...(id ? { agent: id } : {}) } });
  const toggle = (part: "teamId" | "queueId", id: number) =>
    setFilter({ ...filter, [part]: filter[part] === id ? null : id });
  const narrowed = [
    teamRows.find(({ id }) => id === filter.teamId)?.name,
    snapshot.queues.find(({ id }) => id === filter.queueId)?.name,
  ].filter((name) => name !== undefined);

  return (
    <div className="screen">
      <AlarmLines />
      <header className="screen-head">
        <h1>Floor</h1>
        <TextInput
          aria-label={telephones ? "Find a telephone" : "Find an agent"}
          placeholder="Find"
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
          className="floor-find"
        />
        <fieldset className="floor-tabs" aria-label="What the floor shows">
          <button type="button" aria-pressed={!telephones} onClick={() => void navigate({ to: "/", search: {} })}>
            Agents
          </button>
          <button
            type="button"
            aria-pressed={telephones}
            onClick={() => void navigate({ to: "/", search: { show: "telephones" } })}
          >
            Telephones
          </button>
        </fieldset>
      </header>
      <div className="floor">
        <aside className="floor-side" aria-label="Queues and teams">
          <section aria-label="Queues">
            <Table
              name="floor.queues"
              label="Queues"
              rows={snapshot.queues}
              columns={queueColumnsAt(now, snapshot.items)}
              keyOf={(one) => one.id}
              whole
              selected={filter.queueId}
              onOpen={(one) => toggle("queueId", one.id)}
              empty={
                <EmptyState title="No queues yet" act={<Link to="/administration/queues">Add the first queue</Link>}>
                  Callers wait in queues until an agent is free.
                </EmptyState>
              }
            />
          </section>
          {(teams.data?.rows.length ?? 0) > 0 ? (
            <section aria-label="Teams">
              <Table
                name="floor.teams"
                label="Teams"
                rows={teamRows}
                columns={TEAM_COLUMNS}
                keyOf={(one) => one.id}
                whole
                selected={filter.teamId}
                onOpen={(one) => toggle("teamId", one.id)}
              />
            </section>
          ) : null}
        </aside>
        {telephones ? (
          <FloorTelephones find={find} onOpenAgent={(id) => void open(id)} />
        ) : (
          <section className="floor-main" aria-label="Agents">
            <div className="floor-line">
              <FloorCounts
                counts={floorCounts(seen)}
                chosen={filter.group}
                onChoose={(group) => setFilter({ ...filter, group })}
              />
              {narrowed.length > 0 ? (
                <Button size="xs" onClick={() => setFilter({ ...filter, teamId: null, queueId: null })}>
                  Only {narrowed.join(", ")} ×
                </Button>
              ) : null}
            </div>
            <FloorAgents
              lines={rows}
              all={lines.length}
              find={find}
              selected={search.agent}
              onOpen={(id) => void open(id)}
              onShowAll={() => {
                setFilter(NOTHING);
                setFind("");
              }}
            />
            <Notice notice={notice} onClose={() => setNotice(null)} />
          </section>
        )}
        {opened === undefined ? null : (
          <AgentPanel key={opened.agent.id} line={opened} onClose={() => void open(undefined)} onDone={setNotice} />
        )}
      </div>
    </div>
  );
}

function queueColumnsAt(now: number, items: ItemCounts): Column<QueueLive>[] {
  const open = (queueId: number) => items.queues.find(({ id }) => id === queueId)?.open ?? 0;
  return [
    { id: "name", title: "Queue", value: (one) => one.name, width: 88 },
    { id: "waiting", title: "Waiting", value: (one) => one.waiting, width: 68, numeric: true },
    {
      id: "longest",
      title: "Longest",
      value: (one) => (one.longestSince ? now - Date.parse(one.longestSince) : null),
      cell: (one) => (one.longestSince && one.waiting > 0 ? clockText(now - Date.parse(one.longestSince)) : ""),
      width: 68,
      numeric: true,
    },
    {
      id: "items",
      title: "Items",
      about: "Messages and wishes to be called back that nobody has taken",
      value: (one) => open(one.id),
      cell: (one) => <OpenItems queue={one} open={open(one.id)} />,
      width: 52,
      numeric: true,
    },
  ];
}

/** The way to a queue's items; the row around it narrows the floor, which is not meant here. */
function OpenItems({ queue, open }: { queue: QueueLive; open: number }) {
  if (open === 0) return null;
  return (
    <Link
      to="/items"
      search={{ queue: queue.id }}
      aria-label={`${counted(open, "open item")} of ${queue.name}`}
      onClick={(event) => event.stopPropagation()}
    >
      {open}
    </Link>
  );
}

const TEAM_COLUMNS: Column<TeamLine>[] = [
  { id: "name", title: "Team", value: (one) => one.name, width: 98 },
  {
    id: "in",
    title: "Here",
    value: (one) => one.loggedIn,
    text: (one) => `${one.loggedIn} of ${one.agents}`,
    width: 64,
    numeric: true,
  },
  {
    id: "break",
    title: "On break",
    value: (one) => one.onBreak,
    cell: (one) => (
      <span className={one.limit !== null && one.onBreak >= one.limit ? "floor-full" : ""}>
        {one.limit === null ? one.onBreak : `${one.onBreak} of ${one.limit}`}
      </span>
    ),
    width: 78,
    numeric: true,
  },
];
