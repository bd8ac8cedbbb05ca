import { ActionIcon, Button, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconHierarchy,
  IconKeyboard,
  IconLayoutGrid,
  IconList,
  IconMaximize,
  IconNote,
  IconSearch,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import type { BlockKind } from "../../../contract/flow.ts";
import type { ProjectDraft } from "../../../contract/project-views.ts";
import { counted } from "../../model/elapsed.ts";
import { copiedText, flowOfText, pasted } from "../../model/projects/flow-clipboard.ts";
import {
  addBehind,
  addBlock,
  addNote,
  blockExits,
  blockTitle,
  type Kinds,
  type Place,
  removeParts,
  wire,
} from "../../model/projects/flow-edit.ts";
import { tidied } from "../../model/projects/flow-layout.ts";
import { searched } from "../../model/projects/flow-search.ts";
import { Notice, type NoticeText } from "../../ui/notice.tsx";
import { useLeaveGuard } from "../admin/leave-guard.tsx";
import { BlockPanel } from "./block-panel.tsx";
import { Canvas } from "./canvas.tsx";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { IssuesPanel } from "./issues-panel.tsx";
import { LivePanel } from "./live-panel.tsx";
import { Outline } from "./outline.tsx";
import { Palette } from "./palette.tsx";
import { PickDialog } from "./pick-dialog.tsx";
import type { Picture } from "./picture.ts";
import { projectsApi } from "./projects-api.ts";
import { PublishDialog } from "./publish-dialog.tsx";
import { SaveLine } from "./save-line.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import { TrialPanel } from "./trial-panel.tsx";
import { useDesigner } from "./use-designer.ts";
import { type DesignerActs, useDesignerKeys } from "./use-designer-keys.ts";
import type { References } from "./use-references.ts";
import { VersionsPanel } from "./versions-panel.tsx";

type Tab = "block" | "issues" | "try" | "versions" | "live";
type Asked =
  | { is: "add"; behind: string | null; exit?: string; at?: Place }
  | { is: "exit"; block: string }
  | { is: "target"; block: string; exit: string }
  | { is: "search" }
  | { is: "keys" }
  | { is: "publish" };

const PLAIN: Picture = {};

/** The designer of one project. */
export function DesignerView(props: {
  draft: ProjectDraft;
  kinds: Kinds;
  references: References;
  mayChange: boolean;
  narrow: boolean;
}) {
  return (
    <ReactFlowProvider>
      <Designing {...props} />
    </ReactFlowProvider>
  );
}

function Designing(props: Parameters<typeof DesignerView>[0]) {
  const { kinds, references, mayChange, narrow } = props;
  const designer = useDesigner(props.draft, kinds, references, !mayChange || narrow);
  const { flow, selected, draft, edit, readOnly } = designer;
  const map = useReactFlow();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [tab, setTab] = useState<Tab>("block");
  const [picture, setPicture] = useState<Picture>(PLAIN);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [asList, setAsList] = useState(false);
  const [find, setFind] = useState("");
  const [notice, setNotice] = useState<NoticeText | null>(null);
  const guard = useLeaveGuard(readOnly || designer.saving.is === "saved" ? [] : ["what you changed last"]);

  const found = useMemo(
    () => new Set(searched(flow, find, kinds, references.nameOf).map(({ id }) => id)),
    [flow, find, kinds, references],
  );
  const open = (next: Tab) => {
    setTab(next);
    setPicture(PLAIN);
  };
  const toCanvas = () => requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-canvas]")?.focus());
  const say = (text: string) => setNotice({ text });
  const one = selected.size === 1 ? flow.blocks.find(({ id }) => selected.has(id)) : undefined;

  const add = (kind: BlockKind, wish: { behind: string | null; exit?: string; at?: Place }) => {
    let made = "";
    edit(`Add ${kind.title}`, (was) => {
      if (wish.at !== undefined && wish.behind !== null && wish.exit !== undefined) {
        const added = addBlock(was, kind, wish.at);
        made = added.id;
        return kind.entry ? added.flow : wire(added.flow, wish.behind, wish.exit, added.id);
      }
      const behind = wish.behind ?? was.blocks.at(-1)?.id ?? "";
      const added = addBehind(was, kind, kinds, behind, wish.exit);
      made = added.id;
      return added.flow;
    });
    designer.reveal(made);
    setTab("block");
  };
  const centre = (): Place => {
    const box = document.querySelector("[data-canvas]")?.getBoundingClientRect();
    return box === undefined
      ? { x: 0, y: 0 }
      : map.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
  };
  const note = () => {
    let made = "";
    edit("Add a note", (was) => {
      const added = addNote(was, "", centre());
      made = added.id;
      return added.flow;
    });
    setTab("block");
    designer.reveal(made, { option: "text" });
  };
  const remove = () => {
    if (designer.wire !== null) {
      const { block, exit } = designer.wire;
      edit("Remove the wire", (was) => wire(was, block, exit, null));
      designer.selectWire(null);
    } else if (selected.size > 0) {
      edit(selected.size === 1 ? "Delete" : `Delete ${selected.size} parts`, (was) => removeParts(was, selected));
    }
  };
  const put = (text: string, at: Place | null): boolean => {
    const parts = flowOfText(text);
    if (parts === null || readOnly) return false;
    const result = pasted(designer.latest(), parts, kinds, at);
    if (result === null) {
      say("That would be more blocks than a project may have.");
      return true;
    }
    edit(`Paste ${counted(result.ids.length, "part")}`, () => result.flow);
    designer.select(result.ids);
    if (result.left > 0) say("A project begins in one place only: the second Start was left out.");
    return true;
  };
  const copied = (cut: boolean): string | null => {
    if (selected.size === 0) return null;
    const text = copiedText(designer.latest(), selected);
    say(`${counted(selected.size, "part")} on the clipboard.`);
    if (cut && !readOnly) edit(`Cut ${counted(selected.size, "part")}`, (was) => removeParts(was, selected));
    return text;
  };
  const acts: DesignerActs = {
    add: () => !readOnly && setAsked({ is: "add", behind: one?.id ?? null }),
    wire() {
      if (one === undefined || readOnly) return;
      const exits = blockExits(one, kinds);
      if (exits.length === 1 && exits[0] !== undefined) setAsked({ is: "target", block: one.id, exit: exits[0].name });
      else if (exits.length > 1) setAsked({ is: "exit", block: one.id });
    },
    options() {
      const [first] = selected;
      if (first === undefined) return;
      setTab("block");
      const type = flow.blocks.find(({ id }) => id === first)?.type ?? "";
      designer.reveal(first, { option: Object.keys(kinds.get(type)?.options.properties ?? {})[0] ?? "title" });
    },
    rename() {
      const [first] = selected;
      if (first === undefined) return;
      setTab("block");
      designer.reveal(first, { option: "title" });
    },
    remove,
    note,
    tidy() {
      edit("Tidy up", (was) => tidied(was, kinds));
      requestAnimationFrame(() => void map.fitView({ padding: 0.1, maxZoom: 1 }));
    },
    duplicate: () => selected.size > 0 && put(copiedText(designer.latest(), selected), null),
    search: () => setAsked({ is: "search" }),
    list: () => setAsList((was) => !was),
    keys: () => setAsked({ is: "keys" }),
    fit: () => void map.fitView({ padding: 0.1, maxZoom: 1 }),
    zoom(by) {
      if (by === "full") void map.zoomTo(1);
      else void (by === "in" ? map.zoomIn() : map.zoomOut());
    },
    copied,
    paste: (text) => put(text, centre()),
  };
  const onKeyDown = useDesignerKeys(designer, acts);

  const published = useCallback(async () => {
    const { flow: _, ...project } = await client.fetchQuery({
      queryKey: ["project", draft.id, "again"],
      queryFn: () => projectsApi.draft(draft.id),
      staleTime: 0,
    });
    designer.refresh(project);
    await client.invalidateQueries({ queryKey: ["project-versions", draft.id] });
    await client.invalidateQueries({ queryKey: ["house"] });
    setNotice({ text: `Callers go through version ${project.published} from now on.` });
  }, [client, draft.id, designer.refresh]);

  // A project begins in one place: a second Start is not offered.
  const offered = [...kinds.values()].filter(
    (kind) => !kind.entry || flow.blocks.every(({ type }) => type !== kind.type),
  );
  const errors = designer.issues.filter(({ severity }) => severity === "error").length;
  const asking =
    asked?.is === "exit" || asked?.is === "target" ? flow.blocks.find(({ id }) => id === asked.block) : null;
  const tabs: [Tab, string][] = [
    ["block", "Block"],
    ["issues", designer.issues.length === 0 ? "Issues" : `Issues ${designer.issues.length}`],
    ["try", "Try it"],
    ["versions", "Versions"],
    ["live", "Live"],
  ];
  const shown = narrow || asList;
  return (
    <div className="screen designer">
      <header className="screen-head">
        <Link to="/administration/projects" search={{}} className="designer-back">
          Projects
        </Link>
        <h1 className="cut">{draft.name}</h1>
        <SaveLine designer={designer} />
        <span className="quiet designer-state">
          {draft.published === null
            ? "not published"
            : draft.changed
              ? `changed since version ${draft.published}`
              : `version ${draft.published}`}
        </span>
        {narrow ? null : (
          <div className="designer-tools" role="toolbar" aria-label="Tools">
            {readOnly ? null : (
              <>
                <Tool
                  label={designer.undoWords === null ? "Undo" : `Undo: ${designer.undoWords}`}
                  disabled={designer.undoWords === null}
                  onClick={designer.undo}
                >
                  <IconArrowBackUp size={16} />
                </Tool>
                <Tool
                  label={designer.redoWords === null ? "Redo" : `Redo: ${designer.redoWords}`}
                  disabled={designer.redoWords === null}
                  onClick={designer.redo}
                >
                  <IconArrowForwardUp size={16} />
                </Tool>
                <Tool label="Tidy up" onClick={acts.tidy}>
                  <IconLayoutGrid size={16} />
                </Tool>
                <Tool label="Add a note" onClick={note}>
                  <IconNote size={16} />
                </Tool>
              </>
            )}
            <Tool label="Search" onClick={acts.search}>
              <IconSearch size={16} />
            </Tool>
            <Tool label="See everything" onClick={acts.fit}>
              <IconMaximize size={16} />
            </Tool>
            <Tool label={asList ? "As a drawing" : "As a list"} onClick={acts.list}>
              {asList ? <IconHierarchy size={16} /> : <IconList size={16} />}
            </Tool>
            <Tool label="Keys" onClick={acts.keys}>
              <IconKeyboard size={16} />
            </Tool>
          </div>
        )}
        {readOnly ? null : (
          <Button variant="filled" onClick={() => setAsked({ is: "publish" })}>
            Publish…
          </Button>
        )}
      </header>
      {narrow ? (
        <p className="designer-narrow">To draw, a wider window is needed. Here the project can be read.</p>
      ) : null}
      <div className="designer-body">
        {readOnly || shown || picture.flow !== undefined ? null : (
          <Palette
            kinds={offered}
            onAdd={(kind) => {
              add(kind, { behind: one?.id ?? null });
              toCanvas();
            }}
          />
        )}
        <div className="designer-main">
          {picture.flow === undefined || tab === "block" ? null : (
            <p className="designer-banner" role="status">
              {tab === "live" ? "What callers go through." : "An older version or a comparison."} It is here to look at.{" "}
              <Button size="xs" onClick={() => open("block")}>
                Back to the draft
              </Button>
            </p>
          )}
          {shown ? (
            <Outline designer={designer} picture={picture} />
          ) : (
            <Canvas
              designer={designer}
              picture={picture}
              found={found}
              onKeyDown={onKeyDown}
              onLoose={(from, at) => setAsked({ is: "add", behind: from.block, exit: from.exit, at })}
            />
          )}
          <Spoken designer={designer} />
          <Notice notice={notice} onClose={() => setNotice(null)} />
        </div>
        {narrow ? null : (
          <aside className="designer-panel" aria-label="Panel">
            <fieldset className="designer-tabs" aria-label="What the panel shows">
              {tabs.map(([id, words]) => (
                <button
                  key={id}
                  type="button"
                  aria-pressed={tab === id}
                  className={id === "issues" && errors > 0 ? "has-errors" : ""}
                  onClick={() => open(id)}
                >
                  {words}
                </button>
              ))}
            </fieldset>
            {tab === "block" ? (
              <BlockPanel
                designer={designer}
                onCopy={(cut) => {
                  const text = copied(cut);
                  if (text !== null) void navigator.clipboard?.writeText(text);
                }}
              />
            ) : tab === "issues" ? (
              <IssuesPanel designer={{ ...designer, reveal: revealIn(designer, setTab) }} />
            ) : tab === "try" ? (
              <TrialPanel designer={designer} onPicture={setPicture} />
            ) : tab === "versions" ? (
              <VersionsPanel designer={designer} mayChange={mayChange} onPicture={setPicture} onPublished={published} />
            ) : (
              <LivePanel designer={designer} onPicture={setPicture} />
            )}
          </aside>
        )}
      </div>
      <PickDialog
        opened={asked?.is === "add"}
        title={
          one === undefined && asked?.is === "add" && asked.exit === undefined ? "Add a block" : "Add a block behind it"
        }
        placeholder="Which block?"
        empty="No block is called so."
        picks={offered.map(({ type, title, summary }) => ({ id: type, title, about: summary }))}
        onPick={(type) => {
          const kind = kinds.get(type);
          if (asked?.is === "add" && kind !== undefined) add(kind, asked);
          setAsked(null);
          toCanvas();
        }}
        onClose={() => setAsked(null)}
      />
      <PickDialog
        opened={asked?.is === "exit"}
        title={asking ? `Which exit of ${blockTitle(asking, kinds)}?` : "Which exit?"}
        placeholder="Which exit?"
        empty="It has no exit of that name."
        picks={
          asking
            ? blockExits(asking, kinds).map(({ name, title }) => ({
                id: name,
                title,
                about: to(flow.blocks.find(({ id }) => id === asking.exits[name])),
              }))
            : []
        }
        onPick={(exit) => asking && setAsked({ is: "target", block: asking.id, exit })}
        onClose={() => setAsked(null)}
      />
      <PickDialog
        opened={asked?.is === "target"}
        title="Where does it lead?"
        placeholder="To which block?"
        empty="No block is called so."
        picks={[
          ...flow.blocks
            .filter(({ type }) => kinds.get(type)?.entry !== true)
            .map((block) => ({
              id: block.id,
              title: blockTitle(block, kinds),
              about: kinds.get(block.type)?.title ?? block.type,
            })),
          { id: " ", title: "Nowhere", about: "removes the wire" },
        ]}
        onPick={(target) => {
          if (asked?.is === "target")
            edit("Wire", (was) => wire(was, asked.block, asked.exit, target === " " ? null : target));
          setAsked(null);
          toCanvas();
        }}
        onClose={() => setAsked(null)}
      />
      <PickDialog
        opened={asked?.is === "search"}
        title="Search in this project"
        placeholder="A name, a text, an exit"
        empty={"Nothing found. Names, options, exits and notes are searched."}
        picks={[]}
        found={(typed) => {
          if (typed !== find) queueMicrotask(() => setFind(typed));
          return searched(flow, typed, kinds, references.nameOf).map(({ id, title, where }) => ({
            id,
            title,
            about: where,
          }));
        }}
        onPick={(id) => {
          setAsked(null);
          setTab("block");
          designer.reveal(id);
          toCanvas();
        }}
        onClose={() => {
          setAsked(null);
          setFind("");
        }}
      />
      <Shortcuts opened={asked?.is === "keys"} onClose={() => setAsked(null)} />
      <PublishDialog
        designer={designer}
        opened={asked?.is === "publish"}
        onClose={() => setAsked(null)}
        onPublished={published}
      />
      <ConflictDialog
        designer={designer}
        onCopy={(id) => {
          guard.free();
          void navigate({ to: "/project", search: { open: id } });
        }}
      />
      {guard.dialog}
    </div>
  );

  function to(target: { title?: string; type: string } | undefined): string {
    return target === undefined ? "leads nowhere" : `leads to ${blockTitle(target, kinds)}`;
  }
}

const revealIn =
  (designer: ReturnType<typeof useDesigner>, setTab: (tab: Tab) => void): typeof designer.reveal =>
  (block, more) => {
    setTab("block");
    designer.reveal(block, more);
  };

/** What is chosen, said to those who do not see the canvas. */
function Spoken({ designer }: { designer: ReturnType<typeof useDesigner> }) {
  const { flow, kinds, selected } = designer;
  const block = selected.size === 1 ? flow.blocks.find(({ id }) => selected.has(id)) : undefined;
  const words =
    block === undefined
      ? selected.size > 1
        ? `${counted(selected.size, "thing")} chosen`
        : ""
      : [
          blockTitle(block, kinds),
          ...blockExits(block, kinds).map(({ name, title }) => {
            const target = flow.blocks.find(({ id }) => id === block.exits[name]);
            return `${title} leads ${target === undefined ? "nowhere" : `to ${blockTitle(target, kinds)}`}`;
          }),
        ].join(". ");
  return (
    <p className="for-readers" role="status">
      {words}
    </p>
  );
}

function Tool(props: { label: string; disabled?: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={props.label} openDelay={400}>
      <ActionIcon variant="subtle" aria-label={props.label} disabled={props.disabled ?? false} onClick={props.onClick}>
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}
