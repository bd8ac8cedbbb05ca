import { Button } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { counted } from "../../model/elapsed.ts";
import {
  type ItemFilters,
  isNarrowed,
  itemFiltersOf,
  itemQueryOf,
  itemSearchOf,
  NO_FILTERS,
} from "../../model/item-filters.ts";
import { sentenceOf } from "../../model/refusal-error.ts";
import { EmptyState, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { Notice, type NoticeText } from "../../ui/notice.tsx";
import { Table } from "../../ui/table.tsx";
import { useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import type { DoneAct } from "./done-act.ts";
import { itemColumns } from "./item-columns.tsx";
import { ItemCountLine } from "./item-count-line.tsx";
import { ItemFilterBar } from "./item-filter-bar.tsx";
import { ItemPanel } from "./item-panel.tsx";
import { useItemList, useItemsChanged } from "./use-items.ts";
import "./items.css";

/** Messages and wishes to be called back: what waits, the longest first, and beside it the one that is worked on. */
export function ItemsScreen() {
  const { me } = useDesk();
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const filters = useMemo(() => itemFiltersOf(search), [search]);
  // Of the address as it is then: an undo may come long after it was offered.
  const change = (some: Partial<ItemFilters>) =>
    void navigate({
      to: "/items",
      search: (now: Record<string, unknown>) => itemSearchOf({ ...itemFiltersOf(now), ...some }),
      replace: true,
    });
  const time = useHouseTime();
  const columns = useMemo(() => itemColumns(time, me.id), [time, me.id]);
  const query = useMemo(() => itemQueryOf(filters, time.zone), [filters, time.zone]);
  const { found, rows, more } = useItemList(query);
  const [notice, setNotice] = useState<NoticeText | null>(null);
  const changed = useItemsChanged();
  const takeBack = async (undo: () => Promise<unknown>) => {
    setNotice(null);
    try {
      await undo();
    } catch (error) {
      setNotice({ text: sentenceOf(error) });
    }
    await changed();
  };
  const tell = ({ text, undo }: DoneAct) =>
    setNotice(undo === undefined ? { text } : { text, act: { word: "Undo", run: () => void takeBack(undo) } });
  const openId = filters.open === "" ? null : Number(filters.open);
  const read = found.data !== undefined;

  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Items</h1>
        <ItemFilterBar filters={filters} onChange={change} />
        <span className="quiet" role="status">
          {read ? `${counted(rows.length, "item")}${found.hasNextPage ? ", more below" : ""}` : ""}
        </span>
      </header>
      <ItemCountLine chosen={filters.queue} onChoose={(queue) => change({ queue })} />
      <div className="beside">
        <div className="beside-main">
          {!read ? (
            found.error ? (
              <ErrorState error={found.error} onRetry={() => void found.refetch()} />
            ) : (
              <LoadingRows rows={12} label="Loading items" />
            )
          ) : (
            <div className="item-list">
              <Table
                name="items"
                label="Items"
                rows={rows}
                columns={columns}
                keyOf={(item) => item.id}
                selected={openId}
                // Who came by key, or is done with an item, goes on in the list.
                takesFocus={filters.open}
                onOpen={(item) => change({ open: String(item.id) })}
                onMore={more}
                loadingMore={found.isFetchingNextPage}
                empty={
                  isNarrowed(filters) ? (
                    <EmptyState
                      title="No items like that"
                      act={<Button onClick={() => change(NO_FILTERS)}>Show all that wait</Button>}
                    />
                  ) : (
                    <EmptyState title="Nothing waits">
                      Messages that callers leave, and callers who ask to be called back, appear here by themselves.
                    </EmptyState>
                  )
                }
              />
            </div>
          )}
          <Notice notice={notice} onClose={() => setNotice(null)} />
        </div>
        {openId === null ? null : (
          <ItemPanel
            key={openId}
            id={openId}
            row={rows.find(({ id }) => id === openId)}
            onClose={() => change({ open: "" })}
            onOpen={() => change({ open: String(openId) })}
            onDone={tell}
          />
        )}
      </div>
    </div>
  );
}
