import type { Item } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import { type Part, part } from "../part.ts";
import type { RecordingFolder } from "../recordings/recording-folder.ts";
import type { Refusal } from "../refusal.ts";
import { readWays } from "../sessions/remote-callback-store.ts";
import { dialledFrom } from "../sessions/remote-number.ts";
import { createItemMaker } from "./item-maker.ts";
import { createItemService, type ItemService } from "./item-service.ts";
import { createItemTallyService, type ItemTallyService } from "./item-tally-service.ts";
import { type MessageBox, openMessageBox } from "./message-box.ts";
import { createMessageKeeper } from "./message-keeper.ts";
import { createVoicemailRetention } from "./voicemail-retention.ts";
import { createVoicemailService, type VoicemailService } from "./voicemail-service.ts";

/** All about items, joined. */
export interface ItemServices {
  services: { items: ItemService; itemTally: ItemTallyService; voicemails: VoicemailService };
  /** Where messages of callers go. */
  messages: MessageBox;
  parts: Part[];
}

export function createItemServices(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  folder: RecordingFolder;
  settings: { current(): { voicemailRetentionDays: number | null; country: string } };
  /** Where the telephone system writes voices that are taken. */
  takenFolder: string;
  contactOf: (number: string) => Promise<Item["contact"]>;
  dial: (agentId: number, to: string) => Promise<Refusal | undefined>;
  alarm: (alarm: { subject: string; kind: string; words: string; times: number }) => Promise<void>;
}): ItemServices {
  const items = createItemService({
    ...deps,
    // Numbers are kept as callers show or enter them, and dialled as the house does.
    dial: async (agentId, to) => deps.dial(agentId, dialledFrom(to, await readWays(deps.db)) ?? to),
  });
  const itemTally = createItemTallyService(deps);
  const retention = createVoicemailRetention(deps);
  const messages = openMessageBox({ folder: deps.takenFolder, log: deps.log });
  const keeper = createMessageKeeper({ ...deps, box: messages, maker: createItemMaker(deps) });
  return {
    services: { items, itemTally, voicemails: createVoicemailService({ ...deps, items, retention }) },
    messages,
    parts: [
      part("items", items),
      part("counts of items", itemTally),
      part("messages of callers", keeper),
      part("retention of messages", retention),
    ],
  };
}
