import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import type { Balance, BalanceDay, BalanceOfDay } from "../../../contract/views.ts";
import type { Page } from "../../model/api.ts";
import { balanceSums, balanceWords, dayText, stripDays } from "../../model/balance-days.ts";
import { counted } from "../../model/elapsed.ts";
import { EmptyState, ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { StateShape } from "../../ui/state.tsx";
import { DayChoice } from "../days/day-choice.tsx";
import { type HouseDay, useDay } from "../days/use-day.ts";
import { api } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { WhyPanelOf } from "../report/why-panel.tsx";
import { useAct } from "../use-act.ts";
import { BalanceChecks } from "./balance-checks.tsx";
import { DayStrip } from "./day-strip.tsx";
import "../days/time-line.css";
import "./balance.css";

/** While a day is being compared it is asked so often how far that is. */
const PROGRESS_MS = 500;

/** Whether the books of a day say the same, and if not, what is off. Opens on yesterday: its calls are over. */
export function BalanceScreen() {
  const houseDay = useDay("yesterday");
  const { day, today } = houseDay;
  const [rowId, setRowId] = useState<string | null>(null);
  const days = useQuery({ queryKey: ["balance-days"], queryFn: () => api.get<Page<BalanceDay>>("/balance") });
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Balance</h1>
      </header>
      <div className="days-bar">
        <DayChoice houseDay={houseDay} />
      </div>
      <div className="beside">
        <div className="beside-main balance">
          {days.data === undefined ? (
            <ErrorLine error={days.error} />
          ) : (
            <DayStrip days={stripDays(days.data.rows, today)} chosen={day} onChoose={houseDay.goTo} />
          )}
          <Day key={day} houseDay={houseDay} rowId={rowId} onWhy={setRowId} />
        </div>
        {rowId === null ? null : <WhyPanelOf id={rowId} onClose={() => setRowId(null)} />}
      </div>
    </div>
  );
}

function Day(props: { houseDay: HouseDay; rowId: string | null; onWhy: (rowId: string) => void }) {
  const { day } = props.houseDay;
  const queries = useQueryClient();
  const act = useAct();
  const found = useQuery({
    queryKey: ["balance-day", day],
    queryFn: () => api.get<BalanceOfDay>(`/balance/${day}`),
    refetchInterval: ({ state }) => (state.data?.running ? PROGRESS_MS : false),
  });
  const compare = () =>
    void act.run(async () => {
      queries.setQueryData(["balance-day", day], await api.post<BalanceOfDay>(`/balance/${day}`));
    });
  const checkedAt = found.data?.last?.checkedAt;
  // The strip knows of it too.
  useEffect(() => {
    if (checkedAt !== undefined) void queries.invalidateQueries({ queryKey: ["balance-days"] });
  }, [queries, checkedAt]);

  if (found.data === undefined) {
    return found.error ? (
      <ErrorState error={found.error} onRetry={() => void found.refetch()} />
    ) : (
      <LoadingRows rows={8} label="Loading the day" />
    );
  }
  const { last, running, failed } = found.data;
  const button = (
    <Button onClick={compare} disabled={running !== null} loading={act.busy}>
      {last === null ? "Compare now" : "Compare again"}
    </Button>
  );
  return (
    <>
      <ErrorLine error={act.error ?? found.error} />
      {running === null ? null : <Progress {...running} />}
      {failed ? (
        <p className="balance-note" role="alert">
          <StateShape name="fault" /> It could not be compared to the end: the database did not answer. The log says
          more; try again.
        </p>
      ) : null}
      {last === null ? (
        running === null ? (
          <EmptyState title={`Nobody has compared ${dayText(day)} yet`} act={button}>
            Every night the day before is compared: the journal, calls, Report Call, queues, leases, dispositions and
            the sums of reports have to say the same.
          </EmptyState>
        ) : null
      ) : (
        <>
          <Sums last={last} today={day === props.houseDay.today} button={button} />
          <BalanceChecks day={day} checks={last.checks} rowId={props.rowId} onWhy={props.onWhy} />
        </>
      )}
    </>
  );
}

function Sums(props: { last: Balance; today: boolean; button: ReactNode }) {
  const { last } = props;
  const time = useHouseTime();
  const { compared, off } = balanceSums(last);
  return (
    <div className="balance-sums">
      <div>
        <p className={off === 0 ? "lead" : "lead balance-off"}>
          {off === 0 ? null : <StateShape name="fault" />}
          {compared === 0 ? "Nothing happened that day" : capital(balanceWords(off))}
        </p>
        <p className="quiet">
          {counted(compared, "thing")} compared at {time.when(last.checkedAt)}.
          {props.today ? " The day goes on: calls that are under way may be off for a moment." : ""}
        </p>
      </div>
      {props.button}
    </div>
  );
}

function Progress({ done, of }: { done: number; of: number }) {
  return (
    <p className="balance-note" role="status">
      <progress max={of} value={done} aria-label="Comparing" /> Comparing: {done} of {of} done
    </p>
  );
}

const capital = (words: string) => words.slice(0, 1).toUpperCase() + words.slice(1);
