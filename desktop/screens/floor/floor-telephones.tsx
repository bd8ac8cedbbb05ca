import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { ChoiceForMe } from "../../../contract/views.ts";
import { choiceSentence } from "../../model/choice-sentence.ts";
import { counted } from "../../model/elapsed.ts";
import type { HouseTime } from "../../model/house-time.ts";
import { EmptyState } from "../../ui/blank.tsx";
import { Signal } from "../../ui/state.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";

/** The telephones of the house: registered or not, who sits there, and what the next agent can expect. */
export function FloorTelephones(props: { find: string; onOpenAgent: (agentId: number) => void }) {
  const { snapshot } = useDesk();
  const time = useHouseTime();
  const telephones = snapshot.choices?.telephones ?? [];
  const held = telephones.filter((one) => one.heldBy !== undefined).length;
  const registered = telephones.filter((one) => one.registered).length;
  const columns = useMemo(() => columnsAt(time), [time]);
  return (
    <section className="floor-main" aria-label="Telephones">
      <p className="floor-line quiet">
        {counted(telephones.length, "telephone")}, {registered} registered, {held} in use
      </p>
      <div className="floor-table">
        <Table
          name="floor.telephones"
          label="Telephones"
          rows={telephones}
          columns={columns}
          keyOf={(one) => one.id}
          filter={props.find}
          onOpen={({ heldBy }) => {
            if (heldBy !== undefined) props.onOpenAgent(heldBy.id);
          }}
          empty={
            telephones.length === 0 ? (
              <EmptyState
                title="No telephones yet"
                act={<Link to="/administration/telephones">Add the first telephone</Link>}
              >
                Agents sit down at telephones to log in.
              </EmptyState>
            ) : (
              <EmptyState title={`No telephone matches “${props.find}”`} />
            )
          }
        />
      </div>
    </section>
  );
}

/** What another agent can expect of it; who sits there stands beside. */
function nextAgent(one: ChoiceForMe, time: HouseTime): string {
  if (one.state === "not-logged-out")
    return one.freeAt ? `did not log out; free at ${time.when(one.freeAt)}` : "did not log out";
  const { heldBy: _, ...nobody } = one;
  return one.state === "in-use" ? "in use" : choiceSentence(nobody, time);
}

function columnsAt(time: HouseTime): Column<ChoiceForMe>[] {
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
