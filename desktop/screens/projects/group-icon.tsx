import {
  IconArrowsSplit2,
  IconDatabase,
  IconHeadset,
  IconPlayerPlay,
  IconQuestionMark,
  IconUsers,
  IconVolume,
} from "@tabler/icons-react";
import type { BlockGroup } from "../../../contract/flow.ts";

const ICONS = {
  flow: IconPlayerPlay,
  voice: IconVolume,
  queue: IconUsers,
  decide: IconArrowsSplit2,
  data: IconDatabase,
  agent: IconHeadset,
} satisfies Record<BlockGroup, unknown>;

/** The headings of the palette. */
export const GROUP_TITLES: Record<BlockGroup, string> = {
  flow: "Flow",
  voice: "Voice",
  queue: "Queue and dial",
  decide: "Decide",
  data: "Data",
  agent: "Agents by telephone",
};

/** The sign of a kind of blocks; beside its name, so for eyes only. */
export function GroupIcon({ group }: { group: BlockGroup | null }) {
  const Icon = group === null ? IconQuestionMark : ICONS[group];
  return <Icon size={14} stroke={1.5} aria-hidden="true" />;
}
