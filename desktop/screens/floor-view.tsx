import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { ChoiceForMe, QueueLive } from "../../contract/views.ts";
import { choiceSentence } from "../model/choice-sentence.ts";
import { clockText, counted } from "../model/elapsed.ts";
import type { HouseTime } from "../model/house-time.ts";
import { EmptyState } from "../ui/blank.tsx";
import { useServerNow } from "../ui/server-clock.tsx";
import { Signal } from "../ui/state.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { useDesk } from "./desk.ts";
import { useHouseTime } from "./house-settings.ts";
import "./floor.css";

/** Home of supervisors and administrators: who waits, and who sits where. */
export function FloorView() {
  const { snapshot } = useDesk();
  const now = useServerNow();
  const telephones = snapshot.choices?.telephones ?? [];
  const held = telephones.filter((one) => one.heldBy !== undefined).length;
  const registered = telephones.filter((one) => one.registered).length;
  const time = useHouseTime();
  const queueColumns = queueColumnsAt(now);
  const telephoneColumns = useMemo(() => telephoneColumnsAt(time), [time]);

  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Floor</h1>
        <span className="quiet">
          {counted(telephones.length, "telephone")}, {registered} registered, {held} in use
        </span>
      </header>
      <div className="floor">
        <section className="floor-queues" aria-label="Queues">
          <Table
            name="floor.queues"
            label="Queues"
            rows={snapshot.queues}
            columns={queueColumns}
            keyOf={(one) => one.id}
            empty={
              <EmptyState title="No queues yet" act={<Link to="/queues">Add the first queue</Link>}>
                Callers wait in queues until an agent is free.
              </EmptyState>
            }
          />
        </section>
        <section className="floor-telephones" aria-label="Telephones">
          <Table
            name="floor.telephones"
            label="Telephones"
            rows={telephones}
            columns={telephoneColumns}
            keyOf={(one) => one.id}
            empty={
              <EmptyState title="No telephones yet" act={<Link to="/telephones">Add the first telephone</Link>}>
                Agents sit down at telephones to log in.
              </EmptyState>
            }
          />
        </section>
      </div>
    </div>
  );
}

/** What another agent can expect of it; who sits there stands beside. */
function nextAgent(one: ChoiceForMe, time: HouseTime): string {
  if (one.state === "not-logged-out")
    return one.freeAt ? `did not log out; free at ${time.when(one.freeAt)}` : "did not log out";
  const { heldBy: _, ...nobody } = one;
  return one.state === "in-use" ? "in use" : choiceSentence(nobody, time);
}

function queueColumnsAt(now: number): Column<QueueLive>[] {
  return [
    { id: "name", title: "Queue", value: (one) => one.name, width: 130 },
    { id: "waiting", title: "Waiting", value: (one) => one.waiting, width: 68, numeric: true },
    {
      id: "longest",
      title: "Longest",
      value: (one) => (one.longestSince ? now - Date.parse(one.longestSince) : null),
      cell: (one) => (one.longestSince && one.waiting > 0 ? clockText(now - Date.parse(one.longestSince)) : ""),
      width: 72,
      numeric: true,
    },
  ];
}

function telephoneColumnsAt(time: HouseTime): Column<ChoiceForMe>[] {
  return [
    { id: "place", title: "Place", value: (one) => one.place, width: 96 },
    { id: "name", title: "Telephone", value: (one) => one.name, width: 120 },
    { id: "internal", title: "Internal", value: (one) => one.internal, width: 68, numeric: true },
    {
      id: "registered",
      title: "Signal",
      value: (one) => (one.registered ? "registered" : "not registered"),
      cell: (one) => <Signal on={one.registered} word={one.registered ? "registered" : "not registered"} />,
      width: 124,
    },
    { id: "agent", title: "Agent", value: (one) => one.heldBy?.name ?? null, width: 140 },
    {
      id: "since",
      title: "Since",
      value: (one) => one.heldBy?.since ?? null,
      text: (one) => (one.heldBy ? time.when(one.heldBy.since) : ""),
      width: 92,
    },
    {
      id: "state",
      title: "For the next agent",
      value: (one) => one.state,
      cell: (one) => nextAgent(one, time),
      width: 210,
    },
  ];
}
