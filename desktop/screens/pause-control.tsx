import { Button, Menu } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { type AgentAct, agentView } from "../model/agent-view.ts";
import { ErrorLine } from "../ui/blank.tsx";
import { Key } from "../ui/key.tsx";
import { useRemembered } from "../ui/use-remembered.ts";
import { useHouseList } from "./admin/house-lists.ts";
import { api, useDesk } from "./desk.ts";
import { useAct } from "./use-act.ts";

/** Reasons change a few times a year. */
const AGAIN_MS = 60_000;

/** What each act of the button sends. All but pausing are said without a reason. */
const ACTS: Record<Exclude<AgentAct, "pause">, { word: string; send: () => Promise<unknown>; title: string }> = {
  resume: { word: "Resume", send: api.resume, title: "End the break" },
  "cancel-break": { word: "Cancel the break", send: api.resume, title: "The break does not start" },
  ready: { word: "Ready", send: api.resume, title: "Take calls" },
  "end-wrap-up": { word: "Finish", send: api.endWrapUp, title: "End the wrap-up; choosing the outcome ends it too" },
};

/**
 * One button that takes the state further (F8), other reasons to pause in the list beside it, and a longer wrap-up
 * (F7). Nothing is offered that would not do anything.
 */
export function PauseControl() {
  const { snapshot, connected } = useDesk();
  const pauses = useHouseList("pauses", AGAIN_MS);
  const [usual, setUsual] = useRemembered<string | null>("usual-pause", null);
  const act = useAct();
  const view = agentView(snapshot);
  const reasons = pauses.data?.rows ?? [];
  const first = (reasons.find((one) => one.name === usual) ?? reasons[0])?.name;
  // A break beside the wrap-up is what counts: more of what comes behind it is asked for then.
  const extendable = view.state === "wrap-up" && (snapshot.session?.wrapUpExtendable ?? false);
  const disabled = !connected || act.busy;

  const pause = (reason: string) => {
    setUsual(reason);
    void act.run(() => api.pause(reason));
  };
  const further = view.act === null || view.act === "pause" ? null : ACTS[view.act];
  const goOn = () => {
    if (disabled) return;
    if (further !== null) void act.run(further.send);
    else if (view.act === "pause" && first !== undefined) pause(first);
  };
  const extend = () => {
    if (!disabled && extendable) void act.run(api.extendWrapUp);
  };
  useHotkeys(
    [
      ["F8", goOn],
      ["F7", extend],
    ],
    [],
  );

  return (
    <>
      {extendable ? (
        <Button disabled={disabled} onClick={extend} rightSection={<Key name="F7" />} title="Once, for one wrap-up">
          More time
        </Button>
      ) : null}
      <span className="pause-control">
        {further !== null ? (
          <Button
            variant={view.act === "cancel-break" ? "default" : "filled"}
            disabled={disabled}
            onClick={goOn}
            title={further.title}
            rightSection={<Key name="F8" />}
          >
            {further.word}
          </Button>
        ) : (
          <Button disabled={disabled || first === undefined} onClick={goOn} rightSection={<Key name="F8" />}>
            {first === undefined ? "Pause" : `Pause: ${first}`}
          </Button>
        )}
        <Menu withinPortal={false}>
          <Menu.Target>
            <Button
              className="pause-more"
              disabled={disabled || reasons.length === 0}
              aria-label="Other reasons to pause"
            >
              <IconChevronDown size={14} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>
              {view.state === "talking" || view.state === "ringing" ? "Starts when the call ends" : "Pause for"}
            </Menu.Label>
            {reasons.map((reason) => (
              <Menu.Item key={reason.id} onClick={() => pause(reason.name)} rightSection={lengthOf(reason)}>
                {reason.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </span>
      {act.error ? (
        <button type="button" className="bar-error" onClick={act.clear} title="Close">
          <ErrorLine error={act.error} />
        </button>
      ) : null}
    </>
  );
}

const lengthOf = (reason: { maxMinutes: number | null }) =>
  reason.maxMinutes === null ? null : <span className="quiet">{reason.maxMinutes} min</span>;
