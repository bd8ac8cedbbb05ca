import { Button, Select, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import type { Collection, RowOf } from "../../model/api.ts";
import { counted } from "../../model/elapsed.ts";
import { sortedRows } from "../../model/table-rows.ts";
import { EmptyState, ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { ConfirmAct } from "../../ui/confirm-act.tsx";
import { Notice, type NoticeText } from "../../ui/notice.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { api } from "../desk.ts";
import { useHouse } from "./house.ts";
import { MOST_ROWS, useHouseChanged, useHouseList } from "./house-lists.ts";
import type { Kind } from "./kind.ts";
import { useLiveTelephones } from "./live-telephones.ts";
import { RecordPanel } from "./record-panel.tsx";
import "./admin.css";

/** One kind: all of them in a table, one of them or a new one in the panel beside it. The address says which. */
export function CollectionPage<C extends Collection>({ kind }: { kind: Kind<C> }) {
  const list = useHouseList(kind.collection);
  const { house } = useHouse();
  const client = useQueryClient();
  const houseChanged = useHouseChanged();
  useLiveTelephones();
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const [find, setFind] = useState("");
  const [state, setState] = useState<string | null>(null);
  const [notice, setNotice] = useState<NoticeText | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [removing, setRemoving] = useState<RowOf<C> | null>(null);
  const findField = useRef<HTMLInputElement>(null);

  const open = (what: "new" | number | undefined) =>
    navigate({ to: ".", search: what === undefined ? {} : { open: what } });
  useHotkeys([
    ["n", () => void open("new")],
    ["/", () => findField.current?.focus()],
  ]);

  const columns = kind.columns(house);
  const rows = useMemo(() => {
    const ordered = inOrder(list.data?.rows ?? [], kind.columns(house));
    const leads = kind.leads ?? (() => false);
    return [...ordered.filter(leads), ...ordered.filter((row) => !leads(row))];
  }, [list.data, kind, house]);
  const keeps = kind.states?.[state ?? ""]?.keeps;
  const narrowed = useMemo(() => (keeps === undefined ? rows : rows.filter(keeps)), [rows, keeps]);
  const opened = search.open === "new" ? "new" : rows.find((row) => row.id === search.open);
  const making = `New ${kind.one}`;

  const say = (text: string, act?: NoticeText["act"]) => setNotice(act === undefined ? { text } : { text, act });
  const remove = async (row: RowOf<C>) => {
    await api.remove(kind.collection, row.id);
    // Gone from the table at once: a row that can still be opened after its deletion is a lie.
    client.setQueryData<{ rows: RowOf<C>[]; cut: boolean }>(["house", kind.collection], (was) =>
      was === undefined ? was : { ...was, rows: was.rows.filter((one) => one.id !== row.id) },
    );
    // What was typed about it goes with it.
    await navigate({ to: ".", search: {}, ignoreBlocker: true });
    await houseChanged();
    const { remake } = kind;
    if (remake === undefined) return say(`${kind.nameOf(row)} is deleted.`);
    say(`${kind.nameOf(row)} is deleted.`, {
      word: "Undo",
      run: () =>
        void api
          .create(kind.collection, remake(row))
          .then(houseChanged)
          .then(() => say(`${kind.nameOf(row)} is back.`), setFailure),
    });
  };
  const askToRemove = (row: RowOf<C>) => {
    setFailure(null);
    if (kind.remake === undefined) setRemoving(row);
    else void remove(row).catch(setFailure);
  };

  return (
    <div className="screen admin">
      <header className="screen-head">
        <h1>{kind.title}</h1>
        <span className="quiet">
          {list.data === undefined
            ? ""
            : narrowed.length === rows.length
              ? counted(rows.length, kind.one, kind.many)
              : `${narrowed.length.toLocaleString("en")} of ${counted(rows.length, kind.one, kind.many)}`}
        </span>
        <TextInput
          ref={findField}
          aria-label={`Search ${kind.title.toLowerCase()}`}
          placeholder="Search  /"
          value={find}
          w={200}
          onChange={(event) => setFind(event.currentTarget.value)}
        />
        {kind.states === undefined ? null : (
          <Select
            aria-label="State"
            w={148}
            allowDeselect={false}
            data={Object.entries(kind.states).map(([value, { label }]) => ({ value, label }))}
            value={state ?? Object.keys(kind.states)[0] ?? null}
            onChange={setState}
          />
        )}
        {kind.ways?.map(({ word, to }) => (
          <Button key={to} onClick={() => void navigate({ to })}>
            {word}
          </Button>
        ))}
        <Button variant="filled" onClick={() => void open("new")} aria-keyshortcuts="n">
          {making}
        </Button>
      </header>
      <div className="beside">
        <div className="beside-main">
          {list.data !== undefined && <ErrorLine error={list.error} />}
          <ErrorLine error={failure} />
          {list.data?.cut ? <p className="admin-note">Shown are the first {MOST_ROWS.toLocaleString("en")}.</p> : null}
          {list.data === undefined ? (
            list.error ? (
              <ErrorState error={list.error} onRetry={() => void list.refetch()} />
            ) : (
              <LoadingRows />
            )
          ) : (
            <div className="admin-table">
              <Table
                name={`admin.${kind.collection}`}
                label={kind.title}
                rows={narrowed}
                columns={columns}
                keyOf={(row) => row.id}
                filter={find}
                selected={opened === "new" ? null : opened?.id}
                onOpen={(row) => void open(row.id)}
                empty={
                  rows.length === 0 ? (
                    <EmptyState
                      title={`No ${kind.title.toLowerCase()} yet`}
                      act={
                        <Button variant="filled" onClick={() => void open("new")}>
                          {making}
                        </Button>
                      }
                    >
                      {kind.purpose}
                    </EmptyState>
                  ) : (
                    <EmptyState
                      title={find === "" ? "None in this state" : `Nothing matches “${find}”`}
                      act={
                        <Button
                          onClick={() => {
                            setFind("");
                            setState(null);
                          }}
                        >
                          Show all
                        </Button>
                      }
                    />
                  )
                }
              />
            </div>
          )}
          <Notice notice={notice} onClose={() => setNotice(null)} />
        </div>
        {opened === undefined ? null : (
          <RecordPanel
            key={opened === "new" ? "new" : opened.id}
            kind={kind}
            row={opened === "new" ? null : opened}
            house={house}
            onSaved={say}
            onClose={() => void open(undefined)}
            onRemove={askToRemove}
          />
        )}
      </div>
      <ConfirmAct
        opened={removing !== null}
        title={removing === null ? "" : `Delete ${kind.nameOf(removing)}?`}
        act="Delete"
        danger
        onClose={() => setRemoving(null)}
        onConfirm={() => (removing === null ? undefined : remove(removing))}
      >
        {removing === null ? null : kind.removal(removing, house)}
      </ConfirmAct>
    </div>
  );
}

/** By the first column, Desk 2 before Desk 11: the server's order knows no numbers in names. */
function inOrder<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): Row[] {
  return sortedRows(rows, columns, { id: columns[0]?.id ?? "", down: false });
}
