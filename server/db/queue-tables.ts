import type { Generated } from "kysely";
import type { CreatedAt, Id, Maybe } from "./column-types.ts";

/** The tables of queues. */
export interface QueueTables {
  queues: {
    id: Id;
    name: string;
    strategy: string;
    ring_seconds: number;
    wrap_up_seconds: number;
    mandatory_disposition: boolean;
    max_wait_seconds: number;
    created_at: CreatedAt;
    deleted_at: Maybe<Date>;
    record_percent: Generated<number>;
    callbacks: Generated<"by-hand" | "by-itself">;
    callback_attempts: Generated<number>;
    callback_minutes: Generated<number>;
    callback_calendar_id: Maybe<number>;
    recording_days: Maybe<number>;
    phone_disposition: Generated<"ask" | "offer" | "off">;
    announce_position: Generated<string>;
    announce_limit: Generated<number>;
    announce_wait: Generated<boolean>;
    announce_thanks: Generated<boolean>;
    announce_seconds: Generated<number>;
    announce_least_seconds: Generated<number>;
    periodic_prompt_id: Maybe<number>;
    periodic_first_seconds: Generated<number>;
    periodic_seconds: Generated<number>;
    music_prompt_id: Maybe<number>;
    announce_to_agent: Generated<boolean>;
  };
  queue_agents: { queue_id: number; agent_id: number };
}
