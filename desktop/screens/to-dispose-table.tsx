import type { ReactNode } from "react";
import { useMemo } from "react";
import type { ToDispose } from "../../contract/views.ts";
import { durationText } from "../model/elapsed.ts";
import type { HouseTime } from "../model/house-time.ts";
import { phoneNumberText } from "../model/phone-number.ts";
import { type Column, Table } from "../ui/table.tsx";
import { useHouseTime } from "./house-settings.ts";

/** Calls that were taken and not yet disposed; opening one brings its card. */
export function ToDisposeTable(props: {
  name: string;
  rows: readonly ToDispose[];
  filter?: string;
  empty?: ReactNode;
  onOpen: (one: ToDispose) => void;
}) {
  const time = useHouseTime();
  const columns = useMemo(() => waitingColumns(time), [time]);
  return (
    <Table
      name={props.name}
      label="Calls to dispose"
      rows={props.rows}
      columns={columns}
      keyOf={(one) => one.legId}
      onOpen={props.onOpen}
      filter={props.filter}
      empty={props.empty}
    />
  );
}

function waitingColumns(time: HouseTime): Column<ToDispose>[] {
  return [
    {
      id: "startedAt",
      title: "Time",
      value: (one) => one.startedAt,
      text: (one) => time.when(one.startedAt),
      width: 120,
    },
    {
      id: "name",
      title: "Caller",
      value: (one) => one.contact?.name ?? (one.name || null),
      width: 200,
    },
    {
      id: "number",
      title: "Number",
      value: (one) => one.number,
      cell: (one) => phoneNumberText(one.number),
      width: 160,
    },
    { id: "queue", title: "Queue", value: (one) => one.queue?.name ?? null, width: 140 },
    {
      id: "billableS",
      title: "Talked",
      value: (one) => one.billableS,
      cell: (one) => (one.endedAt ? durationText(one.billableS) : "now"),
      width: 80,
      numeric: true,
    },
  ];
}
