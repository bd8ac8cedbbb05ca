import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { FLOOR_GROUPS, type FloorLine } from "../../model/floor-agents.ts";
import type { HouseTime } from "../../model/house-time.ts";
import { phoneSignal } from "../../model/phone-signal.ts";
import { EmptyState } from "../../ui/blank.tsx";
import { useServerNow } from "../../ui/server-clock.tsx";
import { Signal, State } from "../../ui/state.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { LimitTimer, Timer } from "../../ui/timer.tsx";
import { useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";

/** The agents, a line each: state and since when, with whom, at which telephone, and the two signals. */
export function FloorAgents(props: {
  lines: readonly FloorLine[];
  /** How many there are in the whole house. */
  all: number;
  find: string;
  selected: number | undefined;
  onOpen: (agentId: number) => void;
  onShowAll: () => void;
}) {
  const { me } = useDesk();
  const time = useHouseTime();
  const columns = useMemo(() => columnsAt(time), [time]);
  return (
    <div className="floor-table">
      <Table
        name="floor.agents"
        label="Agents"
        rows={props.lines}
        columns={columns}
        keyOf={({ agent }) => agent.id}
        filter={props.find}
        selected={props.selected}
        onOpen={({ agent }) => props.onOpen(agent.id)}
        empty={
          props.all === 0 ? (
            <EmptyState
              title="No agents yet"
              act={
                me.role === "admin" ? (
                  <Link to="/administration/agents" search={{ open: "new" }}>
                    Add the first agent
                  </Link>
                ) : null
              }
            >
              Everybody who answers is shown here, with what they are doing now.
            </EmptyState>
          ) : (
            <EmptyState
              title="Nobody is like that now"
              act={
                <button type="button" className="floor-all" onClick={props.onShowAll}>
                  Show all agents
                </button>
              }
            />
          )
        }
      />
    </div>
  );
}

/** What is sorted by never depends on the second it is: lines must not change places while one reads. */
function columnsAt(time: HouseTime): Column<FloorLine>[] {
  return [
    { id: "name", title: "Agent", value: ({ agent }) => agent.name, width: 132 },
    {
      id: "state",
      title: "State",
      value: ({ group }) => FLOOR_GROUPS.indexOf(group),
      text: ({ word, unattended }) => (unattended ? `${word}, did not log out` : word),
      cell: (line) => <StateCell line={line} />,
      width: 132,
    },
    {
      id: "time",
      title: "For",
      // The shortest time first, as numbers go up.
      value: ({ since }) => (since === null ? null : -Date.parse(since)),
      text: ({ since }) => (since === null ? "" : `since ${time.when(since)}`),
      cell: (line) => <ForHowLong line={line} />,
      width: 116,
      numeric: true,
    },
    {
      id: "phone",
      title: "Phone",
      value: ({ agent }) => (agent.session === null ? null : agent.session.phone.registered ? "registered" : "lost"),
      cell: (line) => <PhoneCell line={line} />,
      width: 112,
    },
    {
      id: "desktop",
      title: "Desktop",
      value: ({ agent }) => desktopWord(agent.session),
      cell: ({ agent }) => <DesktopCell word={desktopWord(agent.session)} />,
      width: 112,
    },
    {
      id: "about",
      title: "With whom",
      value: ({ about, queue }) => [about, queue].filter(Boolean).join(" · ") || null,
      cell: (line) => <WhomCell line={line} />,
      width: 130,
    },
    { id: "telephone", title: "Telephone", value: ({ agent }) => agent.session?.telephone.name ?? null, width: 92 },
    { id: "team", title: "Team", value: ({ agent }) => agent.team?.name ?? null, width: 92 },
    { id: "internal", title: "Internal", value: ({ agent }) => agent.internal, width: 70, numeric: true, hidden: true },
    {
      id: "started",
      title: "Logged in",
      value: ({ agent }) => agent.session?.startedAt ?? null,
      text: ({ agent }) => (agent.session === null ? "" : time.when(agent.session.startedAt)),
      width: 92,
      hidden: true,
    },
  ];
}

/** A session begun by keypad or by a program has no desktop, and misses none. */
function desktopWord(session: FloorLine["agent"]["session"]): string | null {
  if (session === null) return null;
  if (session.unattendedSince !== null) return "unattended";
  return session.desktop.connected ? "connected" : session.desktop.lostSince === null ? "none" : "lost";
}

function DesktopCell({ word }: { word: string | null }) {
  if (word === null) return null;
  return word === "none" ? <span className="quiet">none</span> : <Signal on={word === "connected"} word={word} />;
}

function StateCell({ line }: { line: FloorLine }) {
  if (line.tint === null) return <span className="quiet">{line.word}</span>;
  return <State name={line.tint} word={line.word} />;
}

/** The name alone where there is one: number and queue stand at the pointer and in the panel. */
function WhomCell({ line }: { line: FloorLine }) {
  const call = line.agent.session?.onCall ?? null;
  const whole = [line.about, line.queue].filter(Boolean).join(" · ");
  if (call === null || call.name === "" || call.name === call.number) return whole;
  return <span title={whole}>{call.name}</span>;
}

function ForHowLong({ line }: { line: FloorLine }) {
  if (line.since === null) return null;
  if (line.group === "break" && line.dueAt !== null) return <LimitTimer since={line.since} dueAt={line.dueAt} />;
  return <Timer since={line.since} />;
}

function PhoneCell({ line }: { line: FloorLine }) {
  const now = useServerNow();
  const time = useHouseTime();
  const { session } = line.agent;
  if (session === null) return null;
  const { light, word, title } = phoneSignal(session, now, time);
  // The column says that it is the phone.
  const short = word.replace(/^phone ?/, "") || "registered";
  return <Signal on={light === "on"} doubtful={light === "doubtful"} word={short} title={title} />;
}
