import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReportCallRow } from "../../../contract/views.ts";
import { pathText, treeLines } from "../../model/disposition-cursor.ts";
import { ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { useHouseList } from "../admin/house-lists.ts";
import { api, useDesk } from "../desk.ts";
import { DispositionPicker } from "../disposition-picker.tsx";
import { useAct } from "../use-act.ts";
import "../call-card.css";

/** A supervisor chooses, or corrects, the outcome of an agent's call. It is written down who did, and told in Why. */
export function CorrectOutcome({ row }: { row: ReportCallRow }) {
  const { me } = useDesk();
  const [open, setOpen] = useState(false);
  const whose = row.userKind === "agent" ? row.userName : row.seatedAgentName;
  if (me.role === "agent" || row.legId === null || row.answeredAt === null || whose === null) return null;
  if (!open) {
    return (
      <p>
        <Button onClick={() => setOpen(true)}>
          {row.userDisposition === null ? `Dispose for ${whose}` : "Correct the disposition"}
        </Button>
      </p>
    );
  }
  return <Correction row={row} legId={row.legId} whose={whose} onDone={() => setOpen(false)} />;
}

function Correction(props: { row: ReportCallRow; legId: string; whose: string; onDone: () => void }) {
  const { row, legId, whose } = props;
  const { connected } = useDesk();
  const tree = useHouseList("dispositions");
  const queries = useQueryClient();
  const act = useAct();
  const levels = [row.userDisposition, row.userSecondDisposition, row.userThirdDisposition];
  const chosen = levels.filter((level) => level !== null);
  const choose = async (path: string[]) => {
    const { contactId, note } = row;
    if (!(await act.run(() => api.dispose(legId, { disposition: path, contactId, note })))) return;
    await Promise.all(
      ["why", "report-call", "report-call-newest"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
    props.onDone();
  };
  return (
    <section className="panel" aria-label="Correct the disposition">
      <p className="quiet">
        {chosen.length === 0 ? `The call becomes ${whose}’s.` : `Now ${pathText(chosen)}. The call stays ${whose}’s.`}{" "}
        Who changes it is written down.
      </p>
      {tree.isPending ? (
        <LoadingRows rows={4} label="Loading the dispositions" />
      ) : tree.isError ? (
        <ErrorState error={tree.error} onRetry={() => void tree.refetch()} />
      ) : (
        <DispositionPicker
          lines={treeLines(tree.data.rows)}
          chosen={chosen.length === 0 ? null : chosen}
          disabled={!connected || act.busy}
          onChoose={(path) => void choose(path)}
        />
      )}
      <ErrorLine error={act.error} />
      <Button variant="subtle" onClick={props.onDone}>
        Cancel
      </Button>
    </section>
  );
}
