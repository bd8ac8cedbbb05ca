import { Button, Select } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { Flow } from "../../../contract/flow.ts";
import type { ProjectRun, ProjectRunDetails } from "../../../contract/project-views.ts";
import { counted } from "../../model/elapsed.ts";
import { ENDING_WORDS, runPath } from "../../model/projects/run-path.ts";
import { ErrorLine, LoadingRows } from "../../ui/blank.tsx";
import { useServerNow } from "../../ui/server-clock.tsx";
import { useHouseTime } from "../house-settings.ts";
import { exitKey, type Mark, type Picture } from "./picture.ts";
import { projectsApi } from "./projects-api.ts";
import { RunSteps } from "./run-steps.tsx";
import type { Designer } from "./use-designer.ts";
import { VariableList } from "./variable-list.tsx";

const HOUR_MS = 3_600_000;
const PERIODS = [
  { value: "1", label: "The last hour" },
  { value: "24", label: "The last 24 hours" },
  { value: "168", label: "The last 7 days" },
  { value: "720", label: "The last 30 days" },
];
/** The callers of this instant; a page that is not looked at asks nothing. */
const AGAIN_MS = 2000;
const MINUTE_MS = 60_000;

/** Who went through the published project in a period, drawn on its wires, and who stands where now. */
export function LivePanel(props: { designer: Designer; onPicture: (picture: Picture) => void }) {
  const { designer, onPicture } = props;
  const { id, published } = designer.draft;
  const [hours, setHours] = useState("24");
  const [opened, setOpened] = useState<number | null>(null);
  // To the minute, so that a period is the same question for a while.
  const minute = Math.ceil(useServerNow() / MINUTE_MS) * MINUTE_MS;
  const [from, to] = useMemo(
    () => [new Date(minute - Number(hours) * HOUR_MS).toISOString(), new Date(minute).toISOString()],
    [minute, hours],
  );
  const traffic = useQuery({
    queryKey: ["project-traffic", id, hours],
    queryFn: () => projectsApi.traffic(id, from, to),
    refetchInterval: AGAIN_MS,
    enabled: published !== null,
  });
  const version = useQuery({
    queryKey: ["project-version", id, published],
    queryFn: () => projectsApi.version(id, published ?? 0),
    enabled: published !== null,
  });
  const run = useQuery({
    queryKey: ["project-run", opened],
    queryFn: () => projectsApi.run(opened ?? 0),
    enabled: opened !== null,
  });
  const runVersion = run.data?.version ?? null;
  const runFlow = useQuery({
    queryKey: ["project-version", id, runVersion],
    queryFn: () => projectsApi.version(id, runVersion ?? 0),
    enabled: opened !== null && runVersion !== null,
  });

  const { data: counts } = traffic;
  const flow = version.data?.flow;
  const details = opened === null ? undefined : run.data;
  const ranIn = runFlow.data?.flow;
  useEffect(() => {
    if (details !== undefined) {
      const path = runPath(details.path, id);
      const marks = new Map<string, Mark>(path.blocks.map((block) => [block, "passed"]));
      const passed = new Set(path.exits.map((one) => exitKey(one.block, one.exit)));
      onPicture({ ...(ranIn === undefined ? {} : { flow: ranIn }), marks, passed });
    } else onPicture({ ...(flow === undefined ? {} : { flow }), ...(counts === undefined ? {} : { traffic: counts }) });
  }, [details, ranIn, flow, counts, onPicture, id]);

  const inside = counts?.now.reduce((sum, { callers }) => sum + callers, 0) ?? 0;
  if (details !== undefined) {
    const through = ranIn ?? designer.flow;
    return <RunDetails designer={designer} flow={through} run={details} onBack={() => setOpened(null)} />;
  }
  return (
    <div className="panel-body">
      {published === null ? (
        <p className="quiet">
          Nothing is published yet: no call comes through. Publish it and let an inbound route lead here.
        </p>
      ) : (
        <p className="quiet small">Drawn is version {published}, through which callers go.</p>
      )}
      <Select
        label="Counted"
        allowDeselect={false}
        data={PERIODS}
        value={hours}
        onChange={(next) => next !== null && setHours(next)}
      />
      <ErrorLine error={traffic.error ?? run.error} />
      {counts === undefined ? null : (
        <p role="status">
          {counted(counts.runs, "call")}, {inside === 0 ? "nobody" : counted(inside, "caller")} in it now.
        </p>
      )}
      <Runs projectId={id} from={from} to={to} hours={hours} onOpen={setOpened} />
    </div>
  );
}

function Runs(props: { projectId: number; from: string; to: string; hours: string; onOpen: (id: number) => void }) {
  const { projectId, from, to, hours } = props;
  const time = useHouseTime();
  const list = useInfiniteQuery({
    queryKey: ["project-runs", projectId, hours],
    queryFn: ({ pageParam }) => projectsApi.runs(projectId, from, to, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : AGAIN_MS * 5),
  });
  const rows = list.data?.pages.flatMap((page) => page.rows);
  if (rows === undefined) return list.error ? <ErrorLine error={list.error} /> : <LoadingRows rows={4} />;
  return (
    <section aria-label="Calls">
      <h2 className="label">Calls</h2>
      {rows.length === 0 ? <p className="quiet">None that is over in this time.</p> : null}
      <ul className="run-list">
        {rows.map((run) => (
          <li key={run.id}>
            <button type="button" onClick={() => props.onOpen(run.id)}>
              <span>
                {run.caller || "withheld"}
                {run.trial ? <span className="quiet"> · trial</span> : null}
              </span>
              <span className="quiet small">
                {time.when(run.startedAt)} · {counted(run.steps, "block")} · {endingOf(run)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button size="xs" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          More
        </Button>
      ) : null}
    </section>
  );
}

const endingOf = (run: ProjectRun) => (run.ending === null ? "goes on" : ENDING_WORDS[run.ending]);

/** One call's way: which block, what was pressed, which exit, when. */
function RunDetails(props: { designer: Designer; flow: Flow; run: ProjectRunDetails; onBack: () => void }) {
  const { designer, flow, run } = props;
  const time = useHouseTime();
  return (
    <div className="panel-body">
      <div className="panel-acts">
        <Button size="xs" onClick={props.onBack}>
          All calls
        </Button>
      </div>
      <p>
        <strong>{run.caller || "withheld"}</strong> to {run.dialled}, {time.exactly(run.startedAt)}
      </p>
      <p className="quiet small">
        {run.trial ? "A trial of the draft" : `Version ${run.version}`} · {endingOf(run)}
      </p>
      <RunSteps designer={designer} flow={flow} path={run.path} began={Date.parse(run.startedAt)} />
      <VariableList variables={run.variables} />
    </div>
  );
}
