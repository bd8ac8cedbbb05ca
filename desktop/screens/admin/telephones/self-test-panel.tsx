import { Button, Select } from "@mantine/core";
import { IconCircle, IconCircleCheck, IconCircleDashed, IconPlayerPlay } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SelfTest, SelfTestBody, SelfTestStep } from "../../../../contract/telephones.ts";
import type { Telephone } from "../../../../contract/views.ts";
import { RefusalError } from "../../../model/refusal-error.ts";
import { ErrorLine } from "../../../ui/blank.tsx";
import { StateShape } from "../../../ui/state.tsx";
import { api } from "../../desk.ts";
import { useHouseTime } from "../../house-settings.ts";
import { profileFor, useDeviceProfiles } from "./sheet-facts.ts";
import "./telephones.css";

/** How often a test that goes on is looked at; its steps are a person's, not a machine's. */
const LOOK_MS = 500;

const TITLES: Record<SelfTestStep["id"], string> = {
  reachable: "Reach",
  rings: "Ring",
  answers: "Answer",
  voice: "Voice",
  keys: "Keys",
  hold: "Hold",
};
const OUTCOMES = { passed: "All well", failed: "Something failed", "broken-off": "Broken off" } as const;
type Way = NonNullable<SelfTestBody["answer"]>;

/** Tries a telephone out: rings it and asks whoever stands there to pick up and press a key. Shows the last result. */
export function SelfTestPanel({ telephone }: { telephone: Telephone }) {
  const client = useQueryClient();
  const time = useHouseTime();
  const profile = profileFor(useDeviceProfiles(), telephone);
  const [way, setWay] = useState<Way | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [begunHere, setBegunHere] = useState(false);
  const path = `/telephones/${telephone.id}/self-test`;
  const test = useQuery({
    queryKey: ["self-test", telephone.id],
    queryFn: () => newest(telephone.id),
    refetchInterval: ({ state }) => (state.data !== null && state.data?.outcome === null ? LOOK_MS : false),
  });
  const shown = test.data ?? null;
  const goesOn = shown !== null && shown.outcome === null;
  const ways: { value: Way; label: string }[] = [
    { value: "by-hand", label: "Somebody picks up" },
    ...(profile?.autoAnswer ? [{ value: "by-itself" as const, label: "It picks up by itself" }] : []),
    ...(profile?.notify ? [{ value: "by-notify" as const, label: "It picks up when told" }] : []),
  ];
  const chosen = way ?? (profile?.autoAnswer ? "by-itself" : "by-hand");

  const act = async (work: () => Promise<unknown>) => {
    setFailure(null);
    setBegunHere(true);
    try {
      await work();
      await test.refetch();
      await client.invalidateQueries({ queryKey: ["house", "telephones"] });
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <section className="telephone-test" aria-label="Self-test">
      <div className="telephone-test-head">
        <span>
          {shown === null
            ? "Not tried out yet"
            : goesOn
              ? "Being tried out"
              : `${OUTCOMES[shown.outcome ?? "passed"]}, ${time.when(shown.startedAt)}`}
          {shown === null || goesOn ? null : <span className="quiet"> · {shown.startedBy.name}</span>}
        </span>
        {goesOn ? (
          <Button size="xs" onClick={() => void act(() => api.delete(path))}>
            Stop
          </Button>
        ) : (
          <span className="telephone-acts">
            {ways.length === 1 ? null : (
              <Select
                aria-label="Who picks up"
                size="xs"
                w={184}
                data={ways}
                value={chosen}
                allowDeselect={false}
                onChange={(value) => setWay(ways.find((one) => one.value === value)?.value ?? null)}
              />
            )}
            <Button
              size="xs"
              disabled={!telephone.enabled}
              onClick={() => void act(() => api.post<SelfTest>(path, { answer: chosen }))}
            >
              Try it out
            </Button>
          </span>
        )}
      </div>
      <ErrorLine error={failure ?? test.error} />
      {shown === null || (shown.outcome === "passed" && !begunHere) ? null : (
        <ol aria-live="polite">
          {shown.steps.map((step) => (
            <li key={step.id} data-state={step.state}>
              <StepShape state={step.state} />
              <span>
                {TITLES[step.id]}
                <span className="for-readers">, {step.state === "now" ? "now" : step.state}</span>
              </span>
              <span>{step.words}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

async function newest(telephoneId: number): Promise<SelfTest | null> {
  try {
    return await api.get<SelfTest>(`/telephones/${telephoneId}/self-test`);
  } catch (error) {
    if (error instanceof RefusalError && error.problem.code === "not-found") return null;
    throw error;
  }
}

function StepShape({ state }: { state: SelfTestStep["state"] }) {
  if (state === "failed") return <StateShape name="fault" />;
  const Shape = { passed: IconCircleCheck, now: IconPlayerPlay, waiting: IconCircle, skipped: IconCircleDashed }[state];
  return <Shape size={14} aria-hidden="true" />;
}
