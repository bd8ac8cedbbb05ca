import { Textarea } from "@mantine/core";
import type { ItemDetails } from "../../../contract/views.ts";
import { pathText, treeLines } from "../../model/disposition-cursor.ts";
import { itemName } from "../../model/item-view.ts";
import { EmptyState, ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { Key } from "../../ui/key.tsx";
import { useHouseList } from "../admin/house-lists.ts";
import { api, useDesk } from "../desk.ts";
import { DispositionPicker } from "../disposition-picker.tsx";
import { useAct } from "../use-act.ts";
import { useDraft } from "../use-draft.ts";
import type { DoneAct } from "./done-act.ts";
import { useItemsChanged } from "./use-items.ts";

/** The tree changes a few times a year. */
const AGAIN_MS = 60_000;

/** The outcome of an item and the note on it: choosing it is to be done with the item, and can be taken back. */
export function ItemDisposition(props: {
  item: ItemDetails;
  mayDispose: boolean;
  contactId: number | null;
  onDone: (done: DoneAct) => void;
  onClose: () => void;
  onOpen: () => void;
}) {
  const { item, contactId } = props;
  const { connected } = useDesk();
  const tree = useHouseList("dispositions", AGAIN_MS);
  const [note, setNote, forgetNote] = useDraft(`item-note.${item.id}`, "");
  const act = useAct();
  const changed = useItemsChanged();

  const undo = async () => {
    await api.reopenItem(item.id);
    props.onOpen();
  };
  const choose = async (path: string[]) => {
    const body = { disposition: path, contactId, note: note.trim() || null };
    const done = await act.run(() => api.disposeItem(item.id, body));
    void changed();
    if (!done) return;
    forgetNote();
    props.onDone({ text: `${itemName(item)} is disposed as ${pathText(path)}.`, undo });
    props.onClose();
  };
  const had = item.taken?.by.name;
  return (
    <section className="panel" aria-labelledby="item-disposition">
      <div className="panel-head">
        <h2 id="item-disposition">Disposition</h2>
        <Key name="F2" />
        {props.mayDispose || had === undefined ? null : <span className="panel-note">{had} has it</span>}
      </div>
      {tree.isPending ? (
        <LoadingRows rows={4} label="Loading the dispositions" />
      ) : tree.isError ? (
        <ErrorState error={tree.error} onRetry={() => void tree.refetch()} />
      ) : tree.data.rows.length === 0 ? (
        <EmptyState title="There are no dispositions yet">An administrator makes them under Set up.</EmptyState>
      ) : (
        <DispositionPicker
          lines={treeLines(tree.data.rows)}
          chosen={null}
          disabled={!props.mayDispose || !connected || act.busy}
          onChoose={(path) => void choose(path)}
        />
      )}
      <ErrorLine error={act.error} />
      <Textarea
        className="picker-note"
        label="Note on this item"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={4000}
      />
    </section>
  );
}
