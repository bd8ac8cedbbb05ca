import { Button } from "@mantine/core";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { ReportCallRow, Why } from "../../../contract/views.ts";
import { hoursText } from "../../model/elapsed.ts";
import type { HouseTime } from "../../model/house-time.ts";
import { rowsAsText } from "../../model/table-rows.ts";
import { ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { CopyValue } from "../../ui/copy-value.tsx";
import { Field, Fields } from "../../ui/fields.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { api } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { CallPictureOf } from "./call-picture.tsx";
import { CorrectOutcome } from "./correct-outcome.tsx";
import { JournalTable } from "./journal-table.tsx";
import "./report.css";
import { dispositionText, ReportUser, reportColumns } from "./report-columns.tsx";

/** Why this user: the sentences first, then what they rest on, then the journal itself for those who doubt. */
export function WhyPanel({ row, onClose }: { row: ReportCallRow; onClose: () => void }) {
  // Read again where the row that is shown has changed.
  const why = useQuery({ queryKey: ["why", row.id, row.endedAt, row.userId], queryFn: () => api.why(row.id) });
  return <Panel id={row.id} row={row} why={why} onClose={onClose} />;
}

/** The same where only the row's id is known. */
export function WhyPanelOf({ id, onClose }: { id: string; onClose: () => void }) {
  const why = useQuery({ queryKey: ["why", id], queryFn: () => api.why(id) });
  return <Panel id={id} row={why.data?.row} why={why} onClose={onClose} />;
}

function Panel(props: { id: string; row: ReportCallRow | undefined; why: UseQueryResult<Why>; onClose: () => void }) {
  const { row, why } = props;
  const time = useHouseTime();
  return (
    <SidePanel
      wide
      title="Why this user"
      about={props.id}
      onClose={props.onClose}
      foot={row === undefined ? null : <Foot row={row} time={time} />}
    >
      <div className="report-why">
        {row === undefined ? null : (
          <p className="lead">
            <ReportUser row={row} />
          </p>
        )}
        {why.data === undefined ? (
          why.error ? (
            <ErrorState error={why.error} onRetry={() => void why.refetch()} />
          ) : (
            <LoadingRows rows={4} />
          )
        ) : (
          <Explained why={why.data} time={time} />
        )}
      </div>
    </SidePanel>
  );
}

function Foot({ row, time }: { row: ReportCallRow; time: HouseTime }) {
  const copyRow = () => void navigator.clipboard?.writeText(rowsAsText([row], reportColumns(time)));
  return (
    <>
      <span className="push quiet">
        Call <CopyValue value={row.linkedId} label="call id" fixed />
      </span>
      <Button onClick={copyRow}>Copy row</Button>
    </>
  );
}

function Explained({ why, time }: { why: Why; time: HouseTime }) {
  const { row } = why;
  const when = time.exactly;
  return (
    <>
      <ol className="report-sentences">
        {why.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      <CallPictureOf why={why} time={time} />
      <CorrectOutcome row={row} />
      <Fields>
        <Field label="From">
          <CopyValue value={row.source} label="source" />
        </Field>
        <Field label="To">
          <CopyValue value={row.destination} label="destination" />
        </Field>
        <Field label="Started">{when(row.startedAt)}</Field>
        <Field label="Answered">{row.answeredAt === null ? null : when(row.answeredAt)}</Field>
        <Field label="Ended">{row.endedAt === null ? null : when(row.endedAt)}</Field>
        <Field label="Talk">{row.billableS === null ? null : hoursText(row.billableS)}</Field>
        <Field label="Hold">{row.holdS === null ? null : hoursText(row.holdS)}</Field>
        <Field label="Telephone">{row.telephoneName}</Field>
        <Field label="Lease">
          {why.lease === null
            ? null
            : `${why.lease.agentName}, ${when(why.lease.startedAt)} – ${why.lease.endedAt === null ? "now" : when(why.lease.endedAt)}`}
        </Field>
        <Field label="Disposition">
          {why.disposition === null
            ? dispositionText(row)
            : `${why.disposition.path.join(" › ")}, by ${why.disposition.agentName} at ${when(why.disposition.disposedAt)}`}
        </Field>
        <Field label="Contact">{row.contactName}</Field>
        <Field label="Note">{row.note}</Field>
        {why.transfers.map((transfer) => (
          <Field key={`${transfer.at} ${transfer.to}`} label={`Transfer, ${transfer.kind}`}>
            {transfer.from} → {transfer.to}, {when(transfer.at)}
          </Field>
        ))}
      </Fields>
      <JournalTable journal={why.journal} />
    </>
  );
}
