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
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SaveLine } from "./save-line.tsx";
import type { Designer } from "./use-designer.ts";
import type { DesignerActs } from "./use-designer-keys.ts";

/** The line above the canvas: which project, whether it is kept and published, and the tools. */
export function DesignerBar(props: {
  designer: Designer;
  acts: DesignerActs;
  narrow: boolean;
  asList: boolean;
  onPublish: () => void;
}) {
  const { designer, acts, asList } = props;
  const { draft, readOnly, undoWords, redoWords } = designer;
  return (
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
            : `published, version ${draft.published}`}
      </span>
      {props.narrow ? null : (
        <div className="designer-tools" role="toolbar" aria-label="Tools">
          {readOnly ? null : (
            <>
              <Tool
                label={undoWords === null ? "Undo" : `Undo: ${undoWords}`}
                disabled={undoWords === null}
                onClick={designer.undo}
              >
                <IconArrowBackUp size={16} />
              </Tool>
              <Tool
                label={redoWords === null ? "Redo" : `Redo: ${redoWords}`}
                disabled={redoWords === null}
                onClick={designer.redo}
              >
                <IconArrowForwardUp size={16} />
              </Tool>
              <Tool label="Tidy up" onClick={acts.tidy}>
                <IconLayoutGrid size={16} />
              </Tool>
              <Tool label="Add a note" onClick={acts.note}>
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
        <Button variant="filled" onClick={props.onPublish}>
          Publish…
        </Button>
      )}
    </header>
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
