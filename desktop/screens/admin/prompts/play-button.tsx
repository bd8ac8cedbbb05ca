import { ActionIcon } from "@mantine/core";
import { IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useSound } from "./use-sound.ts";

/** Plays a sound, or ends it. In a row that opens, it does not. */
export function PlayButton({ address, label }: { address: string; label: string }) {
  const sound = useSound();
  const playing = sound.address === address;
  return (
    <ActionIcon
      size={24}
      aria-label={`${playing ? "Stop" : "Play"}: ${label}`}
      aria-pressed={playing}
      onClick={(event) => {
        event.stopPropagation();
        sound.toggle(address);
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      {playing ? <IconPlayerStop size={14} aria-hidden="true" /> : <IconPlayerPlay size={14} aria-hidden="true" />}
    </ActionIcon>
  );
}
