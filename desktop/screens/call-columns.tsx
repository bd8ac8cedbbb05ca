import type { ReportCallRow } from "../../contract/views.ts";
import { durationText } from "../model/elapsed.ts";
import type { HouseTime } from "../model/house-time.ts";
import { phoneNumberText } from "../model/phone-number.ts";
import type { Column } from "../ui/table.tsx";
import { DialLink } from "./dial-link.tsx";

const ARROW = { inbound: "in", outbound: "out", internal: "internal" } as const;

/** The other side of a call, seen from the telephone. */
export const otherNumber = (row: ReportCallRow) => (row.type === "outbound" ? row.destination : row.source);

/** The chosen outcome as it is read, or null. */
export const outcomeOf = (row: ReportCallRow) =>
  [row.userDisposition, row.userSecondDisposition, row.userThirdDisposition].filter(Boolean).join(" › ") || null;

/** The columns of an agent's own calls. */
export function callColumns(time: HouseTime): Column<ReportCallRow>[] {
  return [
    {
      id: "startedAt",
      title: "Time",
      value: (row) => row.startedAt,
      text: (row) => time.when(row.startedAt),
      width: 112,
    },
    { id: "type", title: "Way", value: (row) => ARROW[row.type], width: 68 },
    {
      id: "number",
      title: "Number",
      value: otherNumber,
      cell: (row) => <DialLink number={otherNumber(row)}>{phoneNumberText(otherNumber(row))}</DialLink>,
      width: 140,
    },
    { id: "contactName", title: "Contact", value: (row) => row.contactName, width: 140 },
    { id: "queue", title: "Queue", value: (row) => row.queue, width: 90 },
    {
      id: "billableS",
      title: "Talked",
      value: (row) => row.billableS,
      cell: (row) => (row.answeredAt ? durationText(row.billableS) : ""),
      width: 64,
      numeric: true,
    },
    { id: "userDisposition", title: "Disposition", value: outcomeOf, width: 190 },
    { id: "note", title: "Note", value: (row) => row.note, width: 220, hidden: true },
    { id: "telephoneName", title: "Telephone", value: (row) => row.telephoneName, width: 100, hidden: true },
  ];
}
