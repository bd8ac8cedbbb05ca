import { Button, Select } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { Flow } from "../../../contract/flow.ts";
import type { ProjectVersion } from "../../../contract/project-views.ts";
import { type BlockDiff, flowDiff, wireDiff } from "../../model/projects/flow-diff.ts";
import { ErrorLine, LoadingRows } from "../../ui/blank.tsx";
import { ConfirmAct } from "../../ui/confirm-act.tsx";
import { useHouseTime } from "../house-settings.ts";
import { DiffLines } from "./diff-lines.tsx";
import { exitKey, type Mark, type Picture } from "./picture.ts";
import { projectsApi } from "./projects-api.ts";
import type { Designer } from "./use-designer.ts";

const DRAFT = "draft";
const NOTHING = "nothing";

/** What was published, when and by whom: looked at, compared with another or the draft, gone back to. */
export function VersionsPanel(props: {
  designer: Designer;
  mayChange: boolean;
  onPicture: (picture: Picture) => void;
  onPublished: () => Promise<unknown>;
}) {
  const { designer, onPicture } = props;
  const { id } = designer.draft;
  const client = useQueryClient();
  const time = useHouseTime();
  const list = useQuery({ queryKey: ["project-versions", id], queryFn: () => projectsApi.versions(id) });
  const [seen, setSeen] = useState<string>(DRAFT);
  const [against, setAgainst] = useState<string>(NOTHING);
  const [back, setBack] = useState<ProjectVersion | null>(null);
  const seenFlow = useFlow(designer, seen);
  const oldFlow = useFlow(designer, against);
  const { kinds } = designer;
  const { nameOf } = designer.references;

  const diffs = useMemo(
    () =>
      seenFlow.flow === undefined || oldFlow.flow === undefined
        ? null
        : flowDiff(oldFlow.flow, seenFlow.flow, kinds, nameOf),
    [seenFlow.flow, oldFlow.flow, kinds, nameOf],
  );
  const looked = seen === DRAFT ? null : seenFlow.flow;
  useEffect(() => {
    if (diffs !== null && seenFlow.flow !== undefined && oldFlow.flow !== undefined) {
      onPicture(comparison(oldFlow.flow, seenFlow.flow, diffs));
    } else onPicture(looked == null ? {} : { flow: looked });
  }, [diffs, looked, seenFlow.flow, oldFlow.flow, onPicture]);

  const versions = list.data?.rows;
  if (versions === undefined) {
    return <div className="panel-body">{list.error ? <ErrorLine error={list.error} /> : <LoadingRows rows={4} />}</div>;
  }
  const choices = [
    { value: DRAFT, label: "The draft" },
    ...versions.map(({ version, current }) => ({
      value: String(version),
      label: `Version ${version}${current ? ", callers go through it" : ""}`,
    })),
  ];
  const goBack = async (version: ProjectVersion) => {
    await projectsApi.publish(id, { version: version.version });
    await props.onPublished();
    await client.invalidateQueries({ queryKey: ["project-versions", id] });
  };
  return (
    <div className="panel-body">
      {versions.length === 0 ? (
        <p className="quiet">Nothing is published yet. With each publication a version is kept here.</p>
      ) : (
        <>
          <Select
            label="Look at"
            allowDeselect={false}
            data={choices}
            value={seen}
            onChange={(one) => one && setSeen(one)}
          />
          <Select
            label="Compared with"
            allowDeselect={false}
            data={[{ value: NOTHING, label: "Nothing" }, ...choices.filter(({ value }) => value !== seen)]}
            value={against === seen ? NOTHING : against}
            onChange={(one) => one && setAgainst(one)}
          />
          <ErrorLine error={seenFlow.error ?? oldFlow.error} />
          {diffs === null ? null : (
            <DiffLines diffs={diffs} same="They lead callers the same way." onReveal={designer.reveal} />
          )}
          <ul className="version-list" aria-label="Versions">
            {versions.map((one) => (
              <li key={one.version}>
                <p>
                  <strong>Version {one.version}</strong>
                  {one.current ? <span className="version-current">now</span> : null}
                </p>
                <p className="quiet small">
                  {time.when(one.publishedAt)}
                  {one.publishedBy === null ? "" : `, ${one.publishedBy}`}
                </p>
                {one.note === "" ? null : <p>{one.note}</p>}
                <div className="panel-acts">
                  <Button
                    size="xs"
                    aria-label={`Look at version ${one.version}`}
                    onClick={() => setSeen(String(one.version))}
                  >
                    Look at it
                  </Button>
                  {one.current || !props.mayChange ? null : (
                    <Button size="xs" aria-label={`Go back to version ${one.version}`} onClick={() => setBack(one)}>
                      Go back to it…
                    </Button>
                  )}
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      <ConfirmAct
        opened={back !== null}
        title={`Go back to version ${back?.version ?? ""}?`}
        act="Go back"
        onClose={() => setBack(null)}
        onConfirm={() => (back === null ? undefined : goBack(back))}
      >
        Callers go through version {back?.version} from now on; those who are in the project stay in theirs. The draft
        stays as it is.
      </ConfirmAct>
    </div>
  );
}

function useFlow(designer: Designer, which: string): { flow: Flow | undefined; error: unknown } {
  const { id } = designer.draft;
  const version = Number(which);
  const kept = useQuery({
    queryKey: ["project-version", id, version],
    queryFn: () => projectsApi.version(id, version),
    enabled: version > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { flow: which === DRAFT ? designer.flow : version > 0 ? kept.data?.flow : undefined, error: kept.error };
}

/** Both flows in one drawing: the newer one, and what is gone where it stood. */
function comparison(old: Flow, now: Flow, diffs: readonly BlockDiff[]): Picture {
  const gone = new Set(diffs.filter(({ became }) => became === "removed").map(({ id }) => id));
  // Their wires are drawn among those that are gone.
  const ghosts = old.blocks.filter(({ id }) => gone.has(id)).map((block) => ({ ...block, exits: {} }));
  const { added, removed } = wireDiff(old, now);
  return {
    flow: { blocks: [...now.blocks, ...ghosts], notes: now.notes },
    added: new Set(added.map(({ block, exit }) => exitKey(block, exit))),
    removed,
    marks: new Map(diffs.map(({ id, became }): [string, Mark] => [id, became])),
  };
}
