import { Button, Menu } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { agentView } from "../model/agent-view.ts";
import { ErrorLine } from "../ui/blank.tsx";
import { Key } from "../ui/key.tsx";
import { useRemembered } from "../ui/use-remembered.ts";
import { useHouseList } from "./admin/house-lists.ts";
import { api, useDesk } from "./desk.ts";
import { useAct } from "./use-act.ts";

/** Reasons change a few times a year. */
const AGAIN_MS = 60_000;

/** Pause for the reason named on the button, another reason from the list beside it, or go on: each one click, or F8. */
export function PauseControl() {
  const { snapshot, connected } = useDesk();
  const pauses = useHouseList("pauses", AGAIN_MS);
  const [usual, setUsual] = useRemembered<string | null>("usual-pause", null);
  const act = useAct();
  const view = agentView(snapshot);
  const reasons = pauses.data?.rows.map((one) => one.name) ?? [];
  const first = reasons.find((one) => one === usual) ?? reasons[0];

  const pause = (reason: string) => {
    setUsual(reason);
    void act.run(() => api.pause(reason));
  };
  const resume = () => void act.run(() => (view.act === "end-wrap-up" ? api.endWrapUp() : api.resume()));
  const goOn = view.act === "resume" || view.act === "end-wrap-up";
  const toggle = () => {
    if (goOn) resume();
    else if (view.act === "pause" && first !== undefined) pause(first);
  };
  useHotkeys([["F8", toggle]], []);

  const disabled = !connected || act.busy;
  return (
    <>
      <span className="pause-control">
        {goOn ? (
          <Button variant="filled" disabled={disabled} onClick={resume} rightSection={<Key name="F8" />}>
            {view.act === "resume" ? (view.next ? "Cancel the pause" : "Resume") : "Finish"}
          </Button>
        ) : (
          <Button
            disabled={disabled || view.act !== "pause" || first === undefined}
            onClick={toggle}
            rightSection={<Key name="F8" />}
          >
            {first === undefined ? "Pause" : `Pause: ${first}`}
          </Button>
        )}
        <Menu withinPortal={false}>
          <Menu.Target>
            <Button
              className="pause-more"
              disabled={disabled || reasons.length === 0 || view.state === "signed-off"}
              aria-label="Other reasons to pause"
            >
              <IconChevronDown size={14} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Pause for</Menu.Label>
            {reasons.map((reason) => (
              <Menu.Item key={reason} onClick={() => pause(reason)}>
                {reason}
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
