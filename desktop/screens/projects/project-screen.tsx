import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { BlockKind } from "../../../contract/flow.ts";
import type { ProjectDraft } from "../../../contract/project-views.ts";
import { EmptyState, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { useDesk } from "../desk.ts";
import { DesignerView } from "./designer-view.tsx";
import { projectsApi } from "./projects-api.ts";
import { useReferences } from "./use-references.ts";
import "./projects.css";

/** One IVR project: who may change draws it, others read it. The address says which. */
export function ProjectScreen() {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const id = typeof search.open === "number" ? search.open : 0;
  const blocks = useQuery({
    queryKey: ["block-kinds"],
    queryFn: projectsApi.kinds,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const draft = useQuery({
    queryKey: ["project-draft", id],
    queryFn: () => projectsApi.draft(id),
    enabled: id > 0,
    // What is in hand here is newer than what is read; each opening reads anew.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (id === 0) {
    return <EmptyState title="Which project?">The list stands under Set up, IVR projects.</EmptyState>;
  }
  const error = blocks.error ?? draft.error;
  if (blocks.data === undefined || draft.data === undefined) {
    const again = () => void Promise.all([blocks.refetch(), draft.refetch()]);
    return error ? <ErrorState error={error} onRetry={again} /> : <LoadingRows rows={10} />;
  }
  return <Opened key={id} rows={blocks.data.rows} draft={draft.data} />;
}

function Opened({ rows, draft }: { rows: readonly BlockKind[]; draft: ProjectDraft }) {
  const { me } = useDesk();
  const kinds = useMemo(() => new Map(rows.map((kind) => [kind.type, kind])), [rows]);
  const references = useReferences(kinds);
  const narrow = useMediaQuery("(max-width: 860px)", undefined, { getInitialValueInEffect: false }) ?? false;
  return (
    <DesignerView draft={draft} kinds={kinds} references={references} mayChange={me.role === "admin"} narrow={narrow} />
  );
}
