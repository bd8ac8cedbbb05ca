import { Button } from "@mantine/core";
import { IconPlayerPause, IconPlayerRecord } from "@tabler/icons-react";
import type { CallView } from "../../model/call-view.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { api, useDesk } from "../desk.ts";
import { useAct } from "../use-act.ts";
import "./recordings.css";

/**
 * Says that the call is recorded, and pauses that while the number of a card is said. Nothing where it is not. A pause
 * lasts until somebody ends it: it never goes on by itself while digits may still be said.
 */
export function RecordingControl({ call, connected }: { call: CallView; connected: boolean }) {
  const { snapshot } = useDesk();
  const act = useAct();
  const recording = snapshot.legs.find((leg) => leg.legId === call.legId)?.recording;
  if (recording === undefined || (call.phase !== "talking" && call.phase !== "held")) return null;
  const paused = recording === "paused";
  return (
    <span className="recording-control">
      <span className={paused ? "recording-state recording-state-paused" : "recording-state"} role="status">
        {paused ? <IconPlayerPause size={14} aria-hidden="true" /> : <IconPlayerRecord size={14} aria-hidden="true" />}
        {paused ? "Recording · paused" : "Recording"}
      </span>
      <Button
        disabled={!connected || act.busy}
        onClick={() => act.run(() => (paused ? api.resumeRecording(call.legId) : api.pauseRecording(call.legId)))}
      >
        {paused ? "Go on recording" : "Pause recording"}
      </Button>
      <ErrorLine error={act.error} />
    </span>
  );
}
