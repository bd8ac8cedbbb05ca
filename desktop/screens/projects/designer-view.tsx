import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ReactFlowProvider } from "@xyflow/react";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import type { ProjectDraft } from "../../../contract/project-views.ts";
import type { Kinds } from "../../model/projects/flow-edit.ts";
import { searched } from "../../model/projects/flow-search.ts";
import { Notice, type NoticeText } from "../../ui/notice.tsx";
import { useLeaveGuard } from "../admin/leave-guard.tsx";
import { Canvas } from "./canvas.tsx";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { DesignerBar } from "./designer-bar.tsx";
import { DesignerDialogs } from "./designer-dialogs.tsx";
import { DesignerPanel, type PanelTab } from "./designer-panel.tsx";
import { Outline } from "./outline.tsx";
import { Palette } from "./palette.tsx";
import type { Picture } from "./picture.ts";
import { projectsApi } from "./projects-api.ts";
import { SpokenChoice } from "./spoken-choice.tsx";
import { useDesigner } from "./use-designer.ts";
import { type Asked, toCanvas, useDesignerActs } from "./use-designer-acts.ts";
import { useDesignerKeys } from "./use-designer-keys.ts";
import type { References } from "./use-references.ts";

interface Props {
  draft: ProjectDraft;
  kinds: Kinds;
  references: References;
  mayChange: boolean;
  /** There is no room to draw: the project is read as a list. */
  narrow: boolean;
}

const PLAIN: Picture = {};

/** The designer of one project: palette, canvas, panel. */
export function DesignerView(props: Props) {
  return (
    <ReactFlowProvider>
      <Designing {...props} />
    </ReactFlowProvider>
  );
}

function Designing({ draft: begun, kinds, references, mayChange, narrow }: Props) {
  const designer = useDesigner(begun, kinds, references, !mayChange || narrow);
  const { flow, selected, draft, readOnly, refresh } = designer;
  const navigate = useNavigate();
  const client = useQueryClient();
  const [tab, setTab] = useState<PanelTab>("block");
  const [picture, setPicture] = useState<Picture>(PLAIN);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [asList, setAsList] = useState(false);
  const [find, setFind] = useState("");
  const [notice, setNotice] = useState<NoticeText | null>(null);
  const unsaved = readOnly || designer.saving.is === "saved" ? [] : ["what you changed last"];
  const guard = useLeaveGuard(unsaved, designer.flush);

  const open = (next: PanelTab) => {
    setTab(next);
    setPicture(PLAIN);
  };
  const toBlock = () => open("block");
  const { acts, add } = useDesignerActs(designer, {
    ask: setAsked,
    say: (text) => setNotice({ text }),
    toBlock,
    list: () => setAsList((was) => !was),
    forget: () => setFind(""),
  });
  // A question on its way to the front has the keys already.
  const onKeyDown = useDesignerKeys(designer, acts, asked !== null);
  // The field of the search is quicker than the marks on hundreds of cards.
  const marked = useDeferredValue(find);
  const found = useMemo(
    () => new Set(searched(flow, marked, kinds, references.nameOf).map(({ id }) => id)),
    [flow, marked, kinds, references],
  );
  const published = useCallback(async () => {
    const { flow: _, ...project } = await projectsApi.draft(draft.id);
    refresh(project);
    await client.invalidateQueries({ queryKey: ["project-versions", draft.id] });
    await client.invalidateQueries({ queryKey: ["house"] });
    setNotice({ text: `Callers go through version ${project.published} from now on.` });
  }, [client, draft.id, refresh]);

  // A project begins in one place: a second Start is not offered.
  const offered = [...kinds.values()].filter(
    (kind) => !kind.entry || flow.blocks.every(({ type }) => type !== kind.type),
  );
  const listed = narrow || asList;
  const [only] = selected.size === 1 ? selected : [];
  return (
    <div className="screen designer">
      <DesignerBar {...{ designer, acts, narrow, asList }} onPublish={() => setAsked({ is: "publish" })} />
      {narrow ? (
        <p className="designer-narrow">To draw, a wider window is needed. Here the project can be read.</p>
      ) : null}
      <div className="designer-body">
        {readOnly || listed || picture.flow !== undefined ? null : (
          <Palette
            kinds={offered}
            onAdd={(kind) => {
              add(kind, { behind: only ?? null });
              toCanvas();
            }}
          />
        )}
        <div className="designer-main">
          {picture.flow === undefined ? null : (
            <p className="designer-banner" role="status">
              {tab === "live" ? "What callers go through." : "An older version or a comparison."} It is here to look at.{" "}
              <Button size="xs" onClick={toBlock}>
                Back to the draft
              </Button>
            </p>
          )}
          {listed ? (
            <Outline designer={designer} picture={picture} />
          ) : (
            <Canvas
              {...{ designer, picture, found, onKeyDown }}
              onLoose={(from, at) => setAsked({ is: "add", behind: from.block, exit: from.exit, at })}
            />
          )}
          <SpokenChoice designer={designer} />
          <Notice notice={notice} onClose={() => setNotice(null)} />
        </div>
        {narrow ? null : (
          <DesignerPanel
            {...{ designer, tab, mayChange }}
            onTab={open}
            onPicture={setPicture}
            onPublished={published}
            onCopy={(cut) => {
              // Browsers let pages reach the clipboard over TLS and on this machine only; the keys work everywhere.
              if (navigator.clipboard === undefined) {
                setNotice({ text: `This browser copies by keys only here: Ctrl+${cut ? "X" : "C"} on the canvas.` });
                return;
              }
              const text = acts.copied(cut);
              if (text !== null) void navigator.clipboard.writeText(text);
            }}
          />
        )}
      </div>
      <DesignerDialogs
        {...{ designer, asked, offered, toBlock }}
        onAsk={setAsked}
        onAdd={add}
        onFind={setFind}
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
}
