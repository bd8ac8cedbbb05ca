import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
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

/** Where what an alarm is about can be seen. */
function SeeWhat({ subject }: { subject: string }) {
  const day = /^balance (\d{4}-\d{2}-\d{2})$/.exec(subject)?.[1];
  return day === undefined ? null : (
    <Link to="/balance" search={{ day }}>
      See what it is.
    </Link>
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
      <strong>{alarm.words}</strong> <SeeWhat subject={alarm.subject} /> Since {time.when(alarm.raisedAt)}
      {alarm.lastAt === alarm.raisedAt ? "." : `, last at ${time.when(alarm.lastAt)}.`}
      {act.error === null ? null : " This could not be done; try again."}
    </Banner>
  );
}
