import { Button } from "@mantine/core";
import { useState } from "react";
import type { Session } from "../../contract/views.ts";
import { phoneAdvice, phoneTrouble } from "../model/phone-signal.ts";
import { Banner } from "../ui/banner.tsx";
import { ErrorLine } from "../ui/blank.tsx";
import { useServerNow } from "../ui/server-clock.tsx";
import { api, useDesk } from "./desk.ts";
import { useHouseTime, useSettings } from "./house-settings.ts";
import { MoveDialog } from "./telephone-move.tsx";
import { useAct } from "./use-act.ts";

/** What is the matter with the telephone and what to do about it, while no call can reach the agent because of it. */
export function PhoneLine(props: { session: Session }) {
  const { session } = props;
  const { me, snapshot, connected } = useDesk();
  const rules = useSettings().data;
  const now = useServerNow();
  const time = useHouseTime();
  const act = useAct();
  const [moving, setMoving] = useState(false);
  const advice = phoneAdvice(
    session,
    rules ? { stableS: rules.phoneStableSeconds, missed: rules.missedCallsBeforeSuspend } : null,
    now,
    time,
  );
  if (advice === null) return null;
  const onCall = snapshot.legs.some((leg) => leg.state !== "ended");
  const acts = (
    <>
      <ErrorLine error={act.error} />
      {advice.ready ? (
        <Button disabled={!connected || act.busy} onClick={() => act.run(api.resume)}>
          Ready
        </Button>
      ) : me.hotdesk && phoneTrouble(session) === "lost" ? (
        <Button disabled={!connected || onCall} onClick={() => setMoving(true)}>
          Move to another telephone
        </Button>
      ) : null}
    </>
  );
  return (
    <>
      <Banner tone="fault" label="Your telephone" acts={acts}>
        <strong>{advice.what}</strong> {advice.so}
      </Banner>
      <MoveDialog opened={moving} from={session.telephone.name} onClose={() => setMoving(false)} />
    </>
  );
}
