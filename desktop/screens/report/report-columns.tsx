import { IconDeviceLandlinePhone, IconUser } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReportCallRow } from "../../../contract/views.ts";
import { hoursText } from "../../model/elapsed.ts";
import type { HouseTime } from "../../model/house-time.ts";
import { RESULT_WORDS } from "../../model/report-call-words.ts";
import type { Column } from "../../ui/table.tsx";

const ENDED_BY = { caller: "Caller", called: "Called", transfer: "Transfer", system: "System" } as const;

/** The chosen outcome as one text, its levels apart; null where nothing is chosen. */
export function dispositionText(row: ReportCallRow): string | null {
  const levels = [row.userDisposition, row.userSecondDisposition, row.userThirdDisposition].filter(
    (one) => one !== null,
  );
  return levels.length === 0 ? null : levels.join(" › ");
}

/** Whose row it is, and what that is: a person or a telephone; beside a telephone, who sat there. */
export function ReportUser({ row }: { row: ReportCallRow }) {
  if (row.userName === null) return <span className="quiet">nobody</span>;
  const telephone = row.userKind === "telephone";
  const Mark = telephone ? IconDeviceLandlinePhone : IconUser;
  return (
    <span className="report-user">
      <Mark size={14} stroke={1.5} role="img" aria-label={telephone ? "Telephone" : "Person"} />
      {row.userName}
      {telephone && row.seatedAgentName !== null ? <span className="quiet">seated: {row.seatedAgentName}</span> : null}
    </span>
  );
}

/** The columns of Report Call. The server sorts, so only what it sorts by can be clicked. */
export function reportColumns(time: HouseTime): readonly Column<ReportCallRow>[] {
  const seconds = (
    id: string,
    title: string,
    value: (row: ReportCallRow) => number | null,
    more: Partial<Column<ReportCallRow>> = {},
  ): Column<ReportCallRow> => ({
    id,
    title,
    width: 92,
    numeric: true,
    value,
    cell: (row) => hoursText(value(row)),
    ...more,
  });
  return [
    {
      id: "startedAt",
      title: "Start",
      width: 144,
      numeric: true,
      value: (row) => row.startedAt,
      text: (row) => time.exactly(row.startedAt),
    },
    { id: "type", title: "Type", width: 78, value: (row) => row.type, unsorted: true },
    { id: "source", title: "Source", width: 130, numeric: true, value: (row) => row.source, unsorted: true },
    {
      id: "destination",
      title: "Destination",
      width: 130,
      numeric: true,
      value: (row) => row.destination,
      unsorted: true,
    },
    { id: "queue", title: "Queue", width: 84, value: (row) => row.queue, unsorted: true },
    {
      id: "user",
      title: "User",
      width: 204,
      value: (row) => row.userName,
      cell: (row) => <ReportUser row={row} />,
      unsorted: true,
    },
    {
      id: "result",
      title: "Result",
      width: 96,
      value: (row) => RESULT_WORDS[row.disposition],
      cell: (row) =>
        row.disposition === "ANSWERED" ? (
          RESULT_WORDS.ANSWERED
        ) : (
          <span className="report-missed">{RESULT_WORDS[row.disposition]}</span>
        ),
      unsorted: true,
    },
    { id: "disposition", title: "Disposition", width: 150, value: dispositionText, unsorted: true },
    seconds("durationS", "Duration", (row) => row.durationS),
    seconds("billableS", "Talk", (row) => row.billableS),
    {
      id: "recordings",
      title: "Recording",
      width: 84,
      value: (row) => row.recordingIds?.length ?? 0,
      text: (row) => (row.recordingIds ?? []).join(", "),
      cell: (row) =>
        row.recordingIds?.map((id, index) => (
          <Link key={id} to="/recordings" search={{ open: id }} onClick={(event) => event.stopPropagation()}>
            {index === 0 ? "Listen" : ` ${index + 1}`}
          </Link>
        )),
      unsorted: true,
    },
    seconds("holdS", "Hold", (row) => row.holdS, { unsorted: true, hidden: true }),
    { id: "contact", title: "Contact", width: 140, value: (row) => row.contactName, unsorted: true, hidden: true },
    { id: "callerId", title: "Caller id", width: 140, value: (row) => row.callerId, unsorted: true, hidden: true },
    {
      id: "telephone",
      title: "Telephone",
      width: 120,
      value: (row) => row.telephoneName,
      unsorted: true,
      hidden: true,
    },
    { id: "seated", title: "Seated", width: 140, value: (row) => row.seatedAgentName, unsorted: true, hidden: true },
    { id: "prefix", title: "Prefix", width: 100, value: (row) => row.prefix, unsorted: true, hidden: true },
    {
      id: "accountCode",
      title: "Account code",
      width: 110,
      value: (row) => row.accountCode,
      unsorted: true,
      hidden: true,
    },
    {
      id: "endedBy",
      title: "Ended by",
      width: 90,
      value: (row) => (row.endedBy === null ? null : ENDED_BY[row.endedBy]),
      unsorted: true,
      hidden: true,
    },
    { id: "note", title: "Note", width: 200, value: (row) => row.note, unsorted: true, hidden: true },
    { id: "linkedId", title: "Call", width: 150, value: (row) => row.linkedId, unsorted: true, hidden: true },
  ];
}
