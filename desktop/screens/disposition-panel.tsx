import { Textarea } from "@mantine/core";
import { useEffect } from "react";
import { type CallView, callerName } from "../model/call-view.ts";
import { pathText, treeLines } from "../model/disposition-cursor.ts";
import { EmptyState, ErrorLine, ErrorState, LoadingRows } from "../ui/blank.tsx";
import { Key } from "../ui/key.tsx";
import { useServerNow } from "../ui/server-clock.tsx";
import { StateShape } from "../ui/state.tsx";
import { useHouseList } from "./admin/house-lists.ts";
import { api, useDesk } from "./desk.ts";
import { noteDisposed, useDisposed } from "./disposed-calls.ts";
import { DispositionPicker } from "./disposition-picker.tsx";
import { useHouseTime } from "./house-settings.ts";
import { useItemsChanged } from "./items/use-items.ts";
import { useAct } from "./use-act.ts";
import { useDraft } from "./use-draft.ts";

/** The tree changes a few times a year. */
const AGAIN_MS = 60_000;

/** The outcome of a call and the note on it: open from the answer on, saved as chosen. */
export function DispositionPanel(props: {
  call: CallView;
  contactId: number | null;
  /** What is done with by the outcome of this call too. */
  items: readonly number[];
  onItemsDone: () => void;
  onDone: () => void;
}) {
  const { call, contactId, items } = props;
  const { connected, snapshot } = useDesk();
  const tree = useHouseList("dispositions", AGAIN_MS);
  const [note, setNote] = useDraft(`note.${call.legId}`, "");
  const act = useAct();
  const itemsChanged = useItemsChanged();
  const now = useServerNow();
  const time = useHouseTime();
  const chosen = useDisposed()[call.legId];
  const open = call.answeredAt !== null;
  const wrappingUp = call.phase === "ended" && snapshot.session?.causes.some((one) => one.cause === "wrap-up");

  const save = (path: string[]) =>
    act.run(async () => {
      const body = { disposition: path, contactId, note: note.trim() || null };
      await api.dispose(call.legId, body);
      noteDisposed(call.legId, { path, name: callerName(call), at: new Date(now).toISOString(), contactId });
      for (const id of items) await api.disposeItem(id, body);
      if (items.length === 0) return;
      props.onItemsDone();
      await itemsChanged();
    });
  // A contact found or made after the choice belongs to it too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another contact is a reason to save again
  useEffect(() => {
    if (chosen && contactId !== null && chosen.contactId !== contactId) void save(chosen.path);
  }, [contactId]);
  const choose = async (path: string[]) => {
    // A call that is over is done with when its outcome is chosen; while it goes on, the card stays.
    if ((await save(path)) && call.phase === "ended") props.onDone();
  };

  return (
    <section className="panel" aria-labelledby="disposition-title">
      <div className="panel-head">
        <h2 id="disposition-title">Disposition</h2>
        <Key name="F2" />
        <span className="panel-note">
          {open ? (wrappingUp ? "choosing it ends the wrap-up" : null) : "from the answer on"}
        </span>
      </div>
      {chosen ? (
        <p className="outcome" role="status">
          <StateShape name="ready" />
          <strong className="cut">{pathText(chosen.path)}</strong>
          <span className="quiet">saved {time.when(chosen.at)}</span>
        </p>
      ) : null}
      {tree.isPending ? (
        <LoadingRows rows={4} label="Loading the dispositions" />
      ) : tree.isError ? (
        <ErrorState error={tree.error} onRetry={() => void tree.refetch()} />
      ) : tree.data.rows.length === 0 ? (
        <EmptyState title="There are no dispositions yet">An administrator makes them under Set up.</EmptyState>
      ) : (
        <DispositionPicker
          lines={treeLines(tree.data.rows)}
          chosen={chosen?.path ?? null}
          disabled={!open || !connected || act.busy}
          onChoose={(path) => void choose(path)}
        />
      )}
      <ErrorLine error={act.error} />
      <Textarea
        className="picker-note"
        label="Note on this call"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        onBlur={() => {
          if (chosen && connected && note.trim() !== "") void save(chosen.path);
        }}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={4000}
      />
    </section>
  );
}
