import type { Generated } from "kysely";
import type { Id, Maybe } from "./column-types.ts";

/** The tables of items, of what was said in them, and of the calls that were made on account of them. */
export interface ItemTables {
  items: {
    id: Id;
    kind: "voicemail" | "callback";
    since: Date;
    queue_id: Maybe<number>;
    owner_id: Maybe<number>;
    linked_id: string;
    caller: string;
    number: string;
    canonical: string;
    wanted_at: Maybe<Date>;
    state: Generated<"open" | "taken" | "done">;
    taken_by: Maybe<number>;
    taken_at: Maybe<Date>;
    done_by: Maybe<number>;
    done_at: Maybe<Date>;
    disposition: Maybe<string[]>;
    contact_id: Maybe<number>;
    note: Maybe<string>;
  };
  callback_calls: {
    item_id: number;
    call_id: Maybe<string>;
    placed_at: Date;
    taker_id: Maybe<number>;
    tries: Generated<number>;
    due_at: Date;
  };
  item_attempts: { id: Id; item_id: number; at: Date; by_id: Maybe<number>; number: string };
  voicemails: {
    item_id: number;
    source: string;
    length_ms: number;
    peaks: Buffer;
    format: "mp3" | "wav";
    bytes: number;
    file: string;
    sha256: Buffer;
    key_id: string;
    made_at: Date;
    heard_by: Maybe<number>;
    heard_at: Maybe<Date>;
    state: Generated<"kept" | "damaged" | "removing" | "removed">;
    removed_at: Maybe<Date>;
    removed_by: Maybe<number>;
  };
}
