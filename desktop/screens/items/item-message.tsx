import { Button } from "@mantine/core";
import { IconDownload, IconTrash } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { ItemDetails } from "../../../contract/views.ts";
import { clockText } from "../../model/elapsed.ts";
import { messageSound } from "../../model/recording-view.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { api, useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { Player } from "../recordings/player.tsx";
import { useAct } from "../use-act.ts";
import { useItemsChanged } from "./use-items.ts";

const GONE = {
  damaged: "This message cannot be played: its file is not what was written, or its key is missing.",
  removed: "What was said has been removed.",
};

/** What a caller said, with the player of recordings; who heard it first; nothing of a callback. */
export function ItemMessage(props: { item: ItemDetails; arrived: boolean; onRead: () => void }) {
  const { item, onRead } = props;
  const { sound, audio } = item;
  const time = useHouseTime();
  const [placeMs, setPlaceMs] = useState(0);
  const peaks = audio?.peaks;
  const lengthMs = sound?.lengthMs ?? 0;
  const played = useMemo(() => messageSound(lengthMs, peaks ?? []), [lengthMs, peaks]);
  if (sound === null) return null;
  return (
    <section className="panel player" aria-labelledby="item-message">
      <div className="panel-head">
        <h2 id="item-message">Message</h2>
        <span className="panel-note">
          {sound.heard === null
            ? "Nobody has heard it yet"
            : `${sound.heard.by.name} heard it first, ${time.when(sound.heard.at)}`}
        </span>
      </div>
      {sound.state !== "kept" ? (
        <p role="status">
          {GONE[sound.state]} It was {clockText(sound.lengthMs)} long.
        </p>
      ) : audio === null && props.arrived ? (
        <p role="status">{GONE.removed}</p>
      ) : (
        <>
          <Player
            recording={played}
            address={`/api/v1/items/${item.id}/audio`}
            noun="message"
            placeMs={placeMs}
            onPlace={setPlaceMs}
            onFault={onRead}
          />
          <MessageFile item={item} />
        </>
      )}
    </section>
  );
}

/** The message as a file, for who leads; administrators may remove it. */
function MessageFile({ item }: { item: ItemDetails }) {
  const { me } = useDesk();
  const act = useAct();
  const changed = useItemsChanged();
  const [asking, setAsking] = useState(false);
  if (me.role === "agent" || item.audio === null) return null;
  const remove = async () => {
    if (await act.run(() => api.removeMessage(item.id))) setAsking(false);
    await changed();
  };
  return (
    <div className="item-acts">
      <Button
        component="a"
        href={`/api/v1/items/${item.id}/audio?download=true`}
        download={item.audio.fileName}
        leftSection={<IconDownload size={16} aria-hidden="true" />}
      >
        Download
      </Button>
      {me.role !== "admin" ? null : asking ? (
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
      <ErrorLine error={act.error} />
    </div>
  );
}
