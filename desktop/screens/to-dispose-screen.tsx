import { TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { EmptyState } from "../ui/blank.tsx";
import { useDesk } from "./desk.ts";
import { ToDisposeTable } from "./to-dispose-table.tsx";

/** Every call of mine that still waits for its outcome. Live: what is disposed elsewhere leaves by itself. */
export function ToDisposeScreen() {
  const { snapshot } = useDesk();
  const [filter, setFilter] = useState("");
  const navigate = useNavigate();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>To dispose</h1>
        <TextInput
          aria-label="Filter"
          placeholder="Filter"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      </header>
      <div className="screen-body">
        <ToDisposeTable
          name="to-dispose"
          rows={snapshot.toDispose}
          filter={filter}
          onOpen={(one) => navigate({ to: "/", search: { call: one.legId } })}
          empty={
            filter ? (
              <EmptyState title="No call answers to that filter" />
            ) : (
              <EmptyState title="Nothing waits to be disposed">
                A call you took and did not dispose stays here until you choose its outcome.
              </EmptyState>
            )
          }
        />
      </div>
    </div>
  );
}
