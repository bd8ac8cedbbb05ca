import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Delivery, ReportDescription } from "../../../contract/views.ts";
import type { HouseTime } from "../../model/house-time.ts";
import { ordinal, WEEKDAYS } from "../../model/report-cells.ts";
import { EmptyState, ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { api } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { useAct } from "../use-act.ts";
import { DeliveryForm } from "./delivery-form.tsx";

const AGAIN_MS = 15_000;

/** Reports that go out by mail: when, to whom, and how it went. */
export function DeliveriesPage({ reports }: { reports: readonly ReportDescription[] }) {
  const [openId, setOpenId] = useState<number | null>(null);
  const time = useHouseTime();
  const client = useQueryClient();
  const act = useAct();
  const deliveries = useQuery({ queryKey: ["deliveries"], queryFn: () => api.deliveries(), refetchInterval: AGAIN_MS });
  const rows = deliveries.data?.rows;
  const columns = useMemo(() => deliveryColumns(reports, time), [reports, time]);
  const open = rows?.find(({ id }) => id === openId);
  const remove = async (id: number) => {
    await api.delete(`/deliveries/${id}`);
    await client.invalidateQueries({ queryKey: ["deliveries"] });
    setOpenId(null);
  };
  return (
    <section className="report-page" aria-labelledby="report-title">
      <header className="screen-head">
        <h1 id="report-title">Sent by mail</h1>
      </header>
      {rows === undefined ? (
        deliveries.error ? (
          <ErrorState error={deliveries.error} onRetry={() => void deliveries.refetch()} />
        ) : (
          <LoadingRows rows={8} />
        )
      ) : (
        <div className="report-content">
          <ErrorLine error={deliveries.error} />
          <div className="report-rows">
            <Table
              name="deliveries"
              label="Sent by mail"
              rows={rows}
              columns={columns}
              keyOf={({ id }) => id}
              onOpen={({ id }) => setOpenId(id)}
              selected={openId}
              empty={
                <EmptyState title="No report goes out by mail">
                  Open a report, ask it for what is wanted, and choose Mail: it is sent each day, week or month from
                  then on, once an administrator has said through which server (Set up, Mail).
                </EmptyState>
              }
            />
          </div>
        </div>
      )}
      <Dialog opened={open !== undefined} onClose={() => setOpenId(null)} title={open?.subject ?? ""} size={460}>
        {open === undefined ? null : (
          <>
            <DeliveryForm id={open.id} delivery={bodyOf(open)} onDone={() => setOpenId(null)} />
            <Attempts delivery={open} time={time} />
            <ErrorLine error={act.error} />
            <Button color="fault" mt="md" onClick={() => void act.run(() => remove(open.id))}>
              Send it no more
            </Button>
          </>
        )}
      </Dialog>
    </section>
  );
}

function Attempts({ delivery, time }: { delivery: Delivery; time: HouseTime }) {
  if (delivery.attempts.length === 0) return null;
  return (
    <ul className="delivery-attempts" aria-label="How it went">
      {delivery.attempts.map((one) => (
        <li key={one.at}>
          {time.when(one.at)} {one.outcome === "sent" ? "sent" : <span className="report-missed">{one.words}</span>}
        </li>
      ))}
    </ul>
  );
}

function bodyOf({ id: _, owner: __, nextAt: ___, attempts: ____, ...body }: Delivery) {
  return body;
}

function deliveryColumns(reports: readonly ReportDescription[], time: HouseTime): Column<Delivery>[] {
  return [
    { id: "subject", title: "Subject", width: 150, value: (row) => row.subject },
    {
      id: "report",
      title: "Report",
      width: 120,
      value: (row) => reports.find(({ name }) => name === row.report)?.title ?? "Report Call",
    },
    { id: "rhythm", title: "Sent", width: 196, value: rhythmText },
    { id: "to", title: "To", width: 160, value: (row) => row.recipients.join(", ") },
    {
      id: "next",
      title: "Next",
      width: 110,
      value: (row) => row.nextAt,
      text: (row) => (row.nextAt === null ? "switched off" : time.when(row.nextAt)),
    },
    {
      id: "last",
      title: "Last time",
      width: 160,
      value: (row) => row.attempts[0]?.at ?? null,
      cell: ({ attempts: [last] }) =>
        last === undefined ? (
          <span className="quiet">not yet</span>
        ) : last.outcome === "sent" ? (
          `sent ${time.when(last.at)}`
        ) : (
          <span className="report-missed">
            {time.when(last.at)}: {last.words}
          </span>
        ),
    },
    { id: "owner", title: "Set up by", width: 104, value: (row) => row.owner.name },
  ];
}

function rhythmText({ rhythm, hour, weekday, monthDay }: Delivery): string {
  const at = `at ${String(hour).padStart(2, "0")}:00`;
  if (rhythm === "daily") return `every day ${at}`;
  return rhythm === "weekly" ? `every ${WEEKDAYS[weekday - 1]} ${at}` : `on the ${ordinal(monthDay)}, monthly, ${at}`;
}
