import type { ColumnType, Generated } from "kysely";
import type { Json, Maybe } from "./column-types.ts";

/** The tables that calls are written into: the journal as it was read, what was folded of it, and dispositions. */
export interface CallTables {
  journal_checkpoints: { node: string; file_id: string; next_byte: number; read_at: Generated<Date> };
  journal_lines: {
    node: string;
    file_id: string;
    byte: number;
    linked_id: string;
    call_at: Date;
    at: Date;
    line: Json<unknown>;
  };
  journal_damage: { node: string; file_id: string; byte: number; text: string; why: string; seen_at: Generated<Date> };
  calls: {
    linked_id: string;
    call_at: Date;
    node: string;
    type: "inbound" | "outbound" | "internal";
    started_at: Date;
    ended_at: Maybe<Date>;
    end_reason: Maybe<string>;
  };
  legs: {
    leg_id: string;
    linked_id: string;
    call_at: Date;
    telephone_id: Maybe<number>;
    endpoint: string;
    direction: "to-telephone" | "from-telephone";
    queue_id: Maybe<number>;
    rang_at: Date;
    answered_at: Maybe<Date>;
    ended_at: Maybe<Date>;
  };
  moved_channels: { channel_id: string; linked_id: string; call_at: Date; moved_at: Date };
  queue_visits: {
    id: string;
    linked_id: string;
    call_at: Date;
    queue_id: Maybe<number>;
    entered_at: Date;
    left_at: Maybe<Date>;
    outcome: Maybe<"answered" | "abandoned" | "timeout" | "other">;
    asked_back: Generated<boolean>;
  };
  leg_dispositions: {
    leg_id: string;
    agent_id: number;
    level1: string;
    level2: Maybe<string>;
    level3: Maybe<string>;
    contact_id: Maybe<number>;
    note: Maybe<string>;
    disposed_at: Date;
    disposed_by: number;
  };
  report_calls: {
    id: string;
    leg_id: Maybe<string>;
    linked_id: string;
    call_at: Date;
    type: "inbound" | "outbound" | "internal";
    source: string;
    destination: string;
    caller_id: string;
    started_at: Date;
    rang_at: Maybe<Date>;
    answered_at: Maybe<Date>;
    ended_at: Maybe<Date>;
    duration_ms: Maybe<number>;
    billable_ms: Maybe<number>;
    hold_ms: Maybe<number>;
    disposition: "ANSWERED" | "NO ANSWER" | "BUSY" | "FAILED";
    telephone_id: Maybe<number>;
    owner_agent_id: Maybe<number>;
    seated_agent_id: Maybe<number>;
    disposed_agent_id: Maybe<number>;
    chosen: Maybe<string[]>;
    user_id: Maybe<number>;
    queue_id: Maybe<number>;
    account_code: Maybe<string>;
    prefix: Maybe<string>;
    ended_by: Maybe<string>;
  };
  call_months: {
    /** The first day. Read it as text: a day has no time zone. */
    month: ColumnType<never, string, never>;
    first_at: Maybe<Date>;
    last_at: Maybe<Date>;
    calls_archived_at: Maybe<Date>;
    journal_archived_at: Maybe<Date>;
  };
  balance_runs: {
    /** As text, like every day. */
    day: ColumnType<never, string, never>;
    checked_at: Date;
    compared: number;
    off: number;
    checks: unknown;
  };
  report_slots: {
    slot: Date;
    queue_id: number;
    /** Whose the rows are: `agent_of` in SQL. */
    agent_id: number;
    ring_ms: number;
    talk_ms: number;
    hold_ms: number;
    duration_ms: number;
    rows: number;
    answered: number;
    disposed: number;
    type: "inbound" | "outbound" | "internal";
  };
  queue_slots: {
    slot: Date;
    queue_id: number;
    entered: number;
    answered: number;
    abandoned: number;
    timeout: number;
    other: number;
    wait_answered_ms: number;
    wait_abandoned_ms: number;
    answered_waits: number[];
    abandoned_waits: number[];
  };
}
