import { Button } from "@mantine/core";
import type { Alarm } from "../../contract/views.ts";
import { counted } from "../model/elapsed.ts";
import { Banner } from "../ui/banner.tsx";
import { api, useDesk } from "./desk.ts";
import { useHouseTime } from "./house-settings.ts";
import { useAct } from "./use-act.ts";

/** So many are shown; the next ones follow when these are taken note of. */
const SHOWN = 3;

/** What supervisors and administrators have to know about the house itself, until one of them takes note. */
export function AlarmLines() {
  const { snapshot } = useDesk();
  const alarms = snapshot.alarms ?? [];
  const more = alarms.length - SHOWN;
  return (
    <>
      {alarms.slice(0, SHOWN).map((alarm) => (
        <AlarmLine key={alarm.id} alarm={alarm} />
      ))}
      {more > 0 ? <p className="quiet small padded">And {counted(more, "more alarm")}.</p> : null}
    </>
  );
}

function AlarmLine({ alarm }: { alarm: Alarm }) {
  const { connected } = useDesk();
  const time = useHouseTime();
  const act = useAct();
  return (
    <Banner
      tone="fault"
      label="Alarm"
      urgent
      acts={
        <Button
          size="xs"
          disabled={!connected}
          loading={act.busy}
          onClick={() => void act.run(() => api.acknowledgeAlarm(alarm.id))}
        >
          Take note
        </Button>
      }
    >
      <strong>{alarm.words}</strong> Since {time.when(alarm.raisedAt)}
      {alarm.lastAt === alarm.raisedAt ? "." : `, last at ${time.when(alarm.lastAt)}.`}
      {act.error === null ? null : " This could not be done; try again."}
    </Banner>
  );
}
