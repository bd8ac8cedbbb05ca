import { Button } from "@mantine/core";
import { IconDownload, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RecordingDetails } from "../../../contract/views.ts";
import { clockText } from "../../model/elapsed.ts";
import { ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { Field, Fields } from "../../ui/fields.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { api, useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { useAct } from "../use-act.ts";
import { Player } from "./player.tsx";
import { Remarks } from "./remarks.tsx";
import "./recordings.css";

/** One recording: heard, rated, spoken of, taken away. */
export function RecordingPanel({ id, onClose }: { id: number; onClose: () => void }) {
  const read = useQuery({ queryKey: ["recording", id], queryFn: () => api.recording(id) });
  return (
    <SidePanel
      wide
      title="Recording"
      about={String(id)}
      onClose={onClose}
      foot={<Foot id={id} read={read.data} onClose={onClose} />}
    >
      {read.data === undefined ? (
        read.error ? (
          <ErrorState error={read.error} onRetry={() => void read.refetch()} />
        ) : (
          <LoadingRows rows={6} label="Loading the recording" />
        )
      ) : (
        <Opened key={id} recording={read.data} onRead={() => void read.refetch()} />
      )}
    </SidePanel>
  );
}

const GONE = {
  damaged: "This recording cannot be played: its file is not what was written, or its key is missing.",
  removed: "This recording has been removed. Only its facts are left.",
};

function Opened({ recording, onRead }: { recording: RecordingDetails; onRead: () => void }) {
  const [placeMs, setPlaceMs] = useState(0);
  const time = useHouseTime();
  const { state } = recording;
  return (
    <div className="player">
      {state === "kept" ? (
        <Player
          recording={recording}
          address={`/api/v1/recordings/${recording.id}/audio`}
          noun="recording"
          placeMs={placeMs}
          onPlace={setPlaceMs}
          onFault={onRead}
        />
      ) : (
        <p role="status">{GONE[state]}</p>
      )}
      <Fields>
        <Field label="Began">{time.exactly(recording.startedAt)}</Field>
        <Field label="From">{recording.callerId || recording.source}</Field>
        <Field label="To">{recording.destination}</Field>
        <Field label="Queue">{recording.queue?.name ?? null}</Field>
        <Field label="With">{recording.agents.map(({ name }) => name).join(", ")}</Field>
        <Field label="Length">{clockText(recording.lengthMs)}</Field>
        {recording.removedAt === null ? null : (
          <Field label="Removed">
            {time.exactly(recording.removedAt)}
            {recording.removedBy === null ? ", because its time was over" : `, by ${recording.removedBy.name}`}
          </Field>
        )}
      </Fields>
      <Remarks recording={recording} placeMs={placeMs} onPlace={setPlaceMs} />
    </div>
  );
}

function Foot(props: { id: number; read: RecordingDetails | undefined; onClose: () => void }) {
  const { id, read } = props;
  const { snapshot } = useDesk();
  const queries = useQueryClient();
  const act = useAct();
  const [asking, setAsking] = useState(false);
  if (read === undefined || read.state === "removed") return null;
  const remove = async () => {
    const done = await act.run(() => api.removeRecording(id));
    if (!done) return;
    void queries.invalidateQueries({ queryKey: ["recordings"] });
    props.onClose();
  };
  return (
    <>
      <span className="push">
        <ErrorLine error={act.error} />
      </span>
      {snapshot.me.role !== "admin" ? null : asking ? (
        <>
          <span>Removed for ever: nobody can bring it back.</span>
          <Button color="fault" disabled={act.busy} onClick={() => void remove()}>
            Remove it
          </Button>
          <Button onClick={() => setAsking(false)}>Keep it</Button>
        </>
      ) : (
        <Button leftSection={<IconTrash size={16} aria-hidden="true" />} onClick={() => setAsking(true)}>
          Remove
        </Button>
      )}
      {read.state === "kept" ? (
        <Button
          component="a"
          href={`/api/v1/recordings/${id}/audio?download=true`}
          download={read.fileName}
          leftSection={<IconDownload size={16} aria-hidden="true" />}
        >
          Download
        </Button>
      ) : null}
    </>
  );
}
