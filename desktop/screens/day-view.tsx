import { Button, TextInput } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useMemo, useState } from "react";
import { pathText } from "../model/disposition-cursor.ts";
import { dialable } from "../model/phone-number.ts";
import { EmptyState, ErrorLine, ErrorState, LoadingRows } from "../ui/blank.tsx";
import { StateShape } from "../ui/state.tsx";
import { Table } from "../ui/table.tsx";
import { callColumns } from "./call-columns.tsx";
import { clickToDial } from "./click-to-dial.ts";
import { useDesk } from "./desk.ts";
import { useDisposed } from "./disposed-calls.ts";
import { useHouseTime } from "./house-settings.ts";
import { ToDisposeTable } from "./to-dispose-table.tsx";
import { useAct } from "./use-act.ts";
import { useToday } from "./use-today.ts";

/** The place of the call while there is none: what waits to be disposed, and the day so far. */
export function DayView(props: { last: string | null }) {
  const { snapshot } = useDesk();
  const disposed = useDisposed();
  const navigate = useNavigate();
  const today = useToday();
  const done = props.last === null ? undefined : disposed[props.last];
  const time = useHouseTime();
  const columns = useMemo(() => callColumns(time), [time]);
  const some = snapshot.toDispose.length > 0;

  return (
    <div className="day">
      <h1 className="for-readers">Your day</h1>
      {done ? (
        <p className="day-done" role="status">
          <StateShape name="ready" /> {done.name} is disposed as <strong>{pathText(done.path)}</strong>.
        </p>
      ) : null}
      {some ? (
        <section className="day-part day-few" aria-labelledby="day-waiting">
          <div className="day-line">
            <h2 id="day-waiting">To dispose</h2>
            <Link to="/to-dispose">All of them</Link>
          </div>
          <ToDisposeTable
            name="day.to-dispose"
            rows={snapshot.toDispose.slice(0, 6)}
            onOpen={(one) => navigate({ to: "/", search: { call: one.legId } })}
          />
        </section>
      ) : null}
      <section className="day-part" aria-labelledby="day-today">
        <div className="day-line">
          <h2 id="day-today">Your calls today</h2>
          {some ? <span className="quiet">Disposed; the others wait above.</span> : null}
          <DialForm />
        </div>
        {today.isPending ? (
          <LoadingRows label="Loading your calls" />
        ) : today.isError && !today.data ? (
          <ErrorState error={today.error} onRetry={() => void today.refetch()} />
        ) : (
          <Table
            name="day.calls"
            label="Your calls today"
            rows={today.data?.rows ?? []}
            columns={columns}
            keyOf={(row) => row.id}
            empty={
              <EmptyState title="No calls yet today">
                The next call appears here by itself, from the first ring on. Calls you dispose are listed here.
              </EmptyState>
            }
          />
        )}
      </section>
    </div>
  );
}

function DialForm() {
  const { connected } = useDesk();
  const [typed, setTyped] = useState("");
  const act = useAct();
  const to = dialable(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (to === null) return;
    void act.run(() => clickToDial(to)).then((done) => done && setTyped(""));
  };
  return (
    <>
      <ErrorLine error={act.error} />
      <form className="day-dial" onSubmit={submit}>
        <TextInput
          aria-label="Number to call"
          placeholder="Number"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          inputMode="tel"
          maxLength={40}
        />
        <Button type="submit" disabled={to === null || act.busy || !connected}>
          Call
        </Button>
      </form>
    </>
  );
}
