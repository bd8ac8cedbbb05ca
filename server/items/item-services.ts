import type { Item } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import { type Part, part } from "../part.ts";
import type { RecordingFolder } from "../recordings/recording-folder.ts";
import type { Refusal } from "../refusal.ts";
import { createItemService, type ItemService } from "./item-service.ts";
import { createItemTallyService, type ItemTallyService } from "./item-tally-service.ts";
import { createVoicemailRetention } from "./voicemail-retention.ts";
import { createVoicemailService, type VoicemailService } from "./voicemail-service.ts";

/** All about items, joined. */
export interface ItemServices {
  services: { items: ItemService; itemTally: ItemTallyService; voicemails: VoicemailService };
  parts: Part[];
}

export function createItemServices(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  folder: RecordingFolder;
  settings: { current(): { voicemailRetentionDays: number | null } };
  contactOf: (number: string) => Promise<Item["contact"]>;
  dial: (agentId: number, to: string) => Promise<Refusal | undefined>;
  alarm: (alarm: { subject: string; kind: string; words: string; times: number }) => Promise<void>;
}): ItemServices {
  const items = createItemService(deps);
  const itemTally = createItemTallyService(deps);
  const retention = createVoicemailRetention(deps);
  return {
    services: { items, itemTally, voicemails: createVoicemailService({ ...deps, items, retention }) },
    parts: [part("items", items), part("counts of items", itemTally), part("retention of messages", retention)],
  };
}
