import { Button } from "@mantine/core";
import { useState } from "react";
import type { Disposition } from "../../../contract/views.ts";
import { branchOf, DEEPEST_LEVEL, treeLines } from "../../model/disposition-tree.ts";
import { counted } from "../../model/elapsed.ts";
import { EmptyState, ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { Notice, type NoticeText } from "../../ui/notice.tsx";
import { api } from "../desk.ts";
import { DispositionLine, DispositionName } from "./disposition-line.tsx";
import { useHouseChanged, useHouseList } from "./house-lists.ts";
import "./admin.css";

/** What is being typed: a new name below a parent, or another name for one that is there. */
type Typing = { kind: "new"; parentId: number | null } | { kind: "rename"; id: number } | null;

/** The outcomes an agent can choose, as the tree they are, edited where they stand. */
export function DispositionsPage() {
  const list = useHouseList("dispositions");
  const houseChanged = useHouseChanged();
  const [typing, setTyping] = useState<Typing>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [notice, setNotice] = useState<NoticeText | null>(null);
  const all = list.data?.rows ?? [];
  const lines = treeLines(all);

  const act = async (work: () => Promise<unknown>) => {
    setFailure(null);
    try {
      await work();
      await houseChanged();
      return true;
    } catch (error) {
      setFailure(error);
      return false;
    }
  };
  const add = async (name: string, parentId: number | null) => {
    const made = await act(() => api.create("dispositions", parentId === null ? { name } : { name, parentId }));
    // The field stays open: a tree is typed name after name.
    if (made) setTyping({ kind: "new", parentId });
  };
  const rename = async (id: number, name: string) => {
    if (await act(() => api.change("dispositions", id, { name }))) setTyping(null);
  };
  const remove = async (one: Disposition) => {
    const branch = branchOf(all, one.id);
    const removed = await act(async () => {
      for (const each of [...branch].reverse()) await api.remove("dispositions", each.id);
    });
    if (!removed) return;
    const more = branch.length - 1;
    setNotice({
      text: `${one.name}${more > 0 ? ` and ${counted(more, "disposition")} below it are` : " is"} deleted. Past calls keep it.`,
      act: { word: "Undo", run: () => void act(() => makeAgain(branch)).then((back) => back && setNotice(null)) },
    });
  };

  return (
    <div className="screen admin">
      <header className="screen-head">
        <h1>Dispositions</h1>
        <span className="quiet">{list.data === undefined ? "" : counted(all.length, "disposition")}</span>
        <Button
          variant="filled"
          disabled={list.data === undefined}
          onClick={() => setTyping({ kind: "new", parentId: null })}
        >
          New disposition
        </Button>
      </header>
      <div className={lines.length > 0 || typing !== null ? "screen-body padded" : "screen-body"}>
        <ErrorLine error={failure} />
        {list.data === undefined ? (
          list.error ? (
            <ErrorState error={list.error} onRetry={() => void list.refetch()} />
          ) : (
            <LoadingRows />
          )
        ) : all.length === 0 && typing === null ? (
          <EmptyState
            title="No dispositions yet"
            act={
              <Button variant="filled" onClick={() => setTyping({ kind: "new", parentId: null })}>
                New disposition
              </Button>
            }
          >
            What came of a call, as the agent chooses it: Sale › New › By phone. Up to three levels.
          </EmptyState>
        ) : (
          <>
            <p className="quiet small admin-below">Arrows walk · Enter renames · + adds below · Delete deletes</p>
            <div className="admin-tree" role="tree" aria-label="Dispositions">
              {lines.map((line) => (
                <DispositionLine
                  key={line.disposition.id}
                  line={line}
                  renaming={typing?.kind === "rename" && typing.id === line.disposition.id}
                  adding={typing?.kind === "new" && typing.parentId === line.disposition.id}
                  mayHaveChildren={line.path.length < DEEPEST_LEVEL}
                  onRename={(name) => rename(line.disposition.id, name)}
                  onAdd={(name) => add(name, line.disposition.id)}
                  onStart={(kind) =>
                    setTyping(
                      kind === "rename" ? { kind, id: line.disposition.id } : { kind, parentId: line.disposition.id },
                    )
                  }
                  onStop={() => setTyping(null)}
                  onRemove={() => void remove(line.disposition)}
                />
              ))}
              {typing?.kind === "new" && typing.parentId === null ? (
                <div role="treeitem" aria-level={1} tabIndex={-1}>
                  <DispositionName
                    label="New disposition"
                    initial=""
                    onSave={(name) => add(name, null)}
                    onStop={() => setTyping(null)}
                  />
                </div>
              ) : null}
            </div>
          </>
        )}
      </div>
      <Notice notice={notice} onClose={() => setNotice(null)} />
    </div>
  );
}

/** Makes a deleted branch again, parents first; the ids are new, the names and the shape the same. */
async function makeAgain(branch: readonly Disposition[]): Promise<void> {
  const again = new Map<number, number>();
  for (const one of branch) {
    const parentId = one.parentId === null ? null : (again.get(one.parentId) ?? one.parentId);
    const made = await api.create(
      "dispositions",
      parentId === null ? { name: one.name } : { name: one.name, parentId },
    );
    again.set(one.id, made.id);
  }
}
