import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { CalledTrial } from "../../../contract/project-views.ts";
import { ENDING_WORDS, runPath } from "../../model/projects/run-path.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { useRemembered } from "../../ui/use-remembered.ts";
import { useHouseList } from "../admin/house-lists.ts";
import { useHouseTime } from "../house-settings.ts";
import { useAct } from "../use-act.ts";
import { exitKey, type Mark, type Picture } from "./picture.ts";
import { projectsApi } from "./projects-api.ts";
import { RunSteps } from "./run-steps.tsx";
import type { Designer } from "./use-designer.ts";
import { VariableList } from "./variable-list.tsx";

/** So often it is asked where the call stands. */
const AGAIN_MS = 700;
/** Nobody is rung: a code is dialled. */
const BY_CODE = "code";

const goesOn = (trial: CalledTrial | null): boolean => trial !== null && trial.state !== "over";

/** Goes through the draft on a telephone: rings one, or shows what to dial, and draws the way while it is gone. */
export function CalledTrialPanel(props: { designer: Designer; onPicture: (picture: Picture) => void }) {
  const { designer, onPicture } = props;
  const time = useHouseTime();
  const telephones = useHouseList("telephones");
  const registered = (telephones.data?.rows ?? []).filter((one) => one.registered);
  const [last, setLast] = useRemembered<string>("projects.telephone", BY_CODE);
  const chosen = registered.some(({ id }) => String(id) === last) ? last : BY_CODE;
  const [begun, setBegun] = useState<CalledTrial | null>(null);
  const act = useAct();
  const asked = useQuery({
    queryKey: ["called-trial", begun?.id],
    queryFn: () => projectsApi.calledTrial(begun?.id ?? ""),
    enabled: begun !== null,
    refetchInterval: ({ state }) => (goesOn(state.data ?? begun) ? AGAIN_MS : false),
    gcTime: 0,
  });
  const trial = begun === null ? null : (asked.data ?? begun);

  const open = useRef<CalledTrial | null>(null);
  useEffect(() => {
    open.current = trial;
  }, [trial]);
  useEffect(
    () => () => {
      // A code that nobody sees any more leads nowhere. Who is on the telephone goes on.
      const left = open.current;
      if (left?.state === "waiting") projectsApi.endCalledTrial(left.id).catch(() => {});
    },
    [],
  );
  const { id: projectId } = designer.draft;
  useEffect(() => {
    if (trial === null) return;
    const path = runPath(trial.path, projectId);
    const marks = new Map<string, Mark>(path.blocks.map((block) => [block, "passed"]));
    if (trial.block !== null) marks.set(trial.block, "here");
    onPicture({ marks, passed: new Set(path.exits.map(({ block, exit }) => exitKey(block, exit))) });
  }, [trial, projectId, onPicture]);

  const begin = () =>
    act.run(async () => {
      const telephone = chosen === BY_CODE ? {} : { telephoneId: Number(chosen) };
      setBegun(await projectsApi.beginCalledTrial({ projectId, flow: designer.latest(), ...telephone }));
    });
  const end = () =>
    act.run(async () => {
      if (trial !== null) await projectsApi.endCalledTrial(trial.id);
      await asked.refetch();
    });
  const [first] = trial?.path ?? [];

  return (
    <div className="panel-body">
      <div className="trial-call">
        <Select
          label="On which telephone"
          allowDeselect={false}
          searchable
          disabled={goesOn(trial)}
          data={[
            { value: BY_CODE, label: "Any: give me a code to dial" },
            ...registered.map((one) => ({
              value: String(one.id),
              label: one.internal === null ? one.fullName : `${one.fullName} · ${one.internal}`,
            })),
          ]}
          value={chosen}
          onChange={(next) => next !== null && setLast(next)}
        />
        <Button variant="filled" disabled={act.busy || goesOn(trial)} onClick={() => void begin()}>
          {chosen === BY_CODE ? "Give a code" : "Ring"}
        </Button>
      </div>
      {trial === null ? (
        <p className="quiet">
          Go through the draft by telephone, as it is drawn now. Everything is done as for a caller: people are rung,
          mail and messages are sent. It is counted nowhere.
        </p>
      ) : (
        <p role="status">{stateWords(trial, time.when)}</p>
      )}
      {goesOn(trial) ? (
        <div className="panel-acts">
          <Button color="fault" disabled={act.busy} onClick={() => void end()}>
            {trial?.state === "talking" ? "Hang up" : "Take it back"}
          </Button>
        </div>
      ) : null}
      <ErrorLine error={act.error ?? asked.error} />
      {trial === null || first === undefined ? null : (
        <RunSteps designer={designer} flow={designer.flow} path={trial.path} began={Date.parse(first.at)} />
      )}
      {trial === null ? null : <VariableList variables={trial.variables} />}
    </div>
  );
}

function stateWords(trial: CalledTrial, when: (instant: string) => string): string {
  switch (trial.state) {
    case "waiting":
      return `Dial ${trial.code} on any telephone of the house, once, until ${when(trial.until)}.`;
    case "ringing":
      return `${trial.telephone ?? "The telephone"} rings: pick up.`;
    case "talking":
      return "On the line.";
    case "over":
      return trial.why ?? `Over: ${trial.ending === null ? "it broke off" : ENDING_WORDS[trial.ending]}`;
  }
}
