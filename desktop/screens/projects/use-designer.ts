import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Flow, FlowIssue } from "../../../contract/flow.ts";
import type { ProjectDraft } from "../../../contract/project-views.ts";
import { createDraftSaver, type DraftSaver, type SaveState } from "../../model/projects/draft-saver.ts";
import type { Kinds } from "../../model/projects/flow-edit.ts";
import {
  beginHistory,
  changed,
  closed,
  type FlowHistory,
  redone,
  redoWords,
  undone,
  undoWords,
} from "../../model/projects/flow-history.ts";
import { variablesOf } from "../../model/projects/flow-variables.ts";
import { projectsApi } from "./projects-api.ts";
import type { References } from "./use-references.ts";

/** What a mark, an issue or a search result points at. */
export interface Aim {
  block: string;
  exit?: string;
  option?: string;
  /** Makes two wishes in a row for the same thing two wishes. */
  turn: number;
}

/** A project being drawn: its flow with what it was, what is chosen, how it is kept. */
export interface Designer {
  flow: Flow;
  kinds: Kinds;
  references: References;
  readOnly: boolean;
  variables: () => string[];
  issues: readonly FlowIssue[];
  selected: ReadonlySet<string>;
  select: (ids: Iterable<string>) => void;
  /** The wire that is chosen, by the exit it comes from. */
  wire: { block: string; exit: string } | null;
  selectWire: (wire: { block: string; exit: string } | null) => void;
  edit: (words: string, change: (flow: Flow) => Flow, merge?: string) => void;
  /** What comes next is a step of its own. */
  close: () => void;
  undo: () => void;
  redo: () => void;
  undoWords: string | null;
  redoWords: string | null;
  aim: Aim | null;
  /** Chooses it, brings it into sight, and opens what it points at. */
  reveal: (block: string, more?: { exit?: string; option?: string }) => void;
  saving: SaveState;
  draft: ProjectDraft;
  flush: () => Promise<boolean>;
  /** Goes on with what the server keeps now. */
  take: (draft: ProjectDraft) => void;
  /** Keeps what is drawn here over what somebody else saved. */
  overrule: (draft: ProjectDraft) => void;
  /** The flow of this instant, for what runs later than it was drawn. */
  latest: () => Flow;
  /** What the server counts the draft as, as far as it was saved. */
  revision: () => number;
  /** What is known of the project changed, not its drawing. */
  refresh: (project: Partial<ProjectDraft>) => void;
}

/** Holds a draft in hand: changes, undoing, choosing, and keeping it at the server by itself. */
export function useDesigner(begun: ProjectDraft, kinds: Kinds, references: References, readOnly: boolean): Designer {
  // Read again behind our back it would be somebody's newer draft: that is the saver's matter.
  const [first] = useState(begun);
  const [history, setHistory] = useState<FlowHistory>(() => beginHistory(first.flow));
  const current = useRef(history);
  const [selected, setSelected] = useState<ReadonlySet<string>>(() => new Set());
  const [wire, setWire] = useState<Designer["wire"]>(null);
  const [saving, setSaving] = useState<SaveState>({ is: "saved" });
  const [draft, setDraft] = useState(first);
  const [aim, setAim] = useState<Aim | null>(null);
  const saver = useRef<DraftSaver | null>(null);

  useEffect(() => {
    const made = createDraftSaver(
      {
        save: (flow, revision) => projectsApi.saveDraft(first.id, revision, flow),
        after(ms, act) {
          const timer = setTimeout(act, ms);
          return () => clearTimeout(timer);
        },
        onState: setSaving,
        onSaved: (saved) => setDraft((was) => ({ ...was, ...saved })),
      },
      first.flow,
      first.revision,
    );
    saver.current = made;
    return () => made.stop();
  }, [first]);

  const put = useCallback((next: FlowHistory) => {
    const before = current.current;
    if (next === before) return;
    current.current = next;
    setHistory(next);
    if (next.now === before.now) return;
    saver.current?.changed(next.now);
    // What is gone is chosen no more.
    const there = new Set([...next.now.blocks, ...next.now.notes].map(({ id }) => id));
    setSelected((was) =>
      [...was].every((id) => there.has(id)) ? was : new Set([...was].filter((id) => there.has(id))),
    );
    setWire((was) => (was !== null && there.has(was.block) ? was : null));
  }, []);

  const edit = useCallback<Designer["edit"]>(
    (words, change, merge) => {
      if (!readOnly) put(changed(current.current, change(current.current.now), words, merge ?? null));
    },
    [put, readOnly],
  );
  const select = useCallback((ids: Iterable<string>) => {
    const next = new Set(ids);
    setSelected((was) => (was.size === next.size && [...next].every((id) => was.has(id)) ? was : next));
    setWire(null);
  }, []);
  const turn = useRef(0);
  const reveal = useCallback<Designer["reveal"]>(
    (block, more = {}) => {
      select([block]);
      turn.current += 1;
      setAim({ block, ...more, turn: turn.current });
    },
    [select],
  );
  const restart = useCallback((kept: ProjectDraft, flow: Flow) => {
    saver.current?.restart(kept.flow, kept.revision);
    setDraft(kept);
    if (flow === kept.flow) {
      const anew = beginHistory(flow);
      current.current = anew;
      setHistory(anew);
      setSelected(new Set());
      setWire(null);
    } else saver.current?.changed(flow);
  }, []);

  const flow = history.now;
  return useMemo(
    () => ({
      flow,
      kinds,
      references,
      readOnly,
      variables: () => variablesOf(current.current.now, kinds),
      issues: draft.issues,
      selected,
      select,
      wire,
      selectWire: setWire,
      edit,
      close: () => put(closed(current.current)),
      undo: () => !readOnly && put(undone(current.current)),
      redo: () => !readOnly && put(redone(current.current)),
      undoWords: undoWords(history),
      redoWords: redoWords(history),
      aim,
      reveal,
      saving,
      draft,
      flush: async () => (await saver.current?.flush()) ?? true,
      take: (kept: ProjectDraft) => restart(kept, kept.flow),
      overrule: (kept: ProjectDraft) => restart(kept, current.current.now),
      latest: () => current.current.now,
      revision: () => saver.current?.revision() ?? first.revision,
      refresh: (project: Partial<ProjectDraft>) => setDraft((was) => ({ ...was, ...project })),
    }),
    [
      flow,
      history,
      kinds,
      references,
      readOnly,
      draft,
      selected,
      select,
      wire,
      edit,
      put,
      aim,
      reveal,
      saving,
      restart,
      first.revision,
    ],
  );
}
