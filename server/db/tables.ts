import type { Generated } from "kysely";
import type { InboundAction } from "../../contract/views.ts";
import type { CallTables } from "./call-tables.ts";
import type { CallingTables } from "./calling-tables.ts";
import type { CreatedAt, Id, Json, Maybe } from "./column-types.ts";
import type { ConnectionTables } from "./connection-tables.ts";
import type { ItemTables } from "./item-tables.ts";
import type { ProjectTables } from "./project-tables.ts";
import type { PromptTables } from "./prompt-tables.ts";
import type { QueueTables } from "./queue-tables.ts";
import type { RecordingTables } from "./recording-tables.ts";

/** The tables as Kysely sees them. `schema.sql` is the truth; a store test compares the two. */

export type StaffKind = "admin" | "supervisor" | "agent" | "telephone";

export interface Tables
  extends CallingTables,
    CallTables,
    ConnectionTables,
    ItemTables,
    ProjectTables,
    PromptTables,
    QueueTables,
    RecordingTables {
  staff: {
    id: Id;
    kind: StaffKind;
    full_name: string;
    username: string;
    internal: Maybe<string>;
    enabled: Generated<boolean>;
    created_at: CreatedAt;
    updated_at: Generated<Date>;
    deleted_at: Maybe<Date>;
  };
  accounts: { staff_id: number; password_hash: string; email: Maybe<string> };
  agents: {
    staff_id: number;
    kind: Generated<"agent">;
    typology: "external" | "remote";
    hotdesk: Generated<boolean>;
    pin_hash: Maybe<string>;
    remote_number: Maybe<string>;
    language: Maybe<"en" | "it" | "es" | "fr">;
    caller_id: Maybe<string>;
    when_away: Generated<"busy" | "number">;
    away_number: Maybe<string>;
    team_id: Maybe<number>;
    remote_allowed: Generated<boolean>;
    accept_by_key: Generated<boolean>;
    calling_number_allowed: Generated<boolean>;
  };
  desktop_losses: { id: Id; session_id: number; lost_at: Date; back_at: Maybe<Date> };
  teams: { id: Id; name: string; max_on_break: Maybe<number>; created_at: CreatedAt; deleted_at: Maybe<Date> };
  telephones: {
    staff_id: number;
    kind: Generated<"telephone">;
    place: Maybe<string>;
    owner_agent_id: Maybe<number>;
    ha1_md5: string;
    ha1_sha256: string;
    model: Maybe<string>;
    line: Generated<"sip" | "remote">;
  };
  telephone_tests: {
    id: Id;
    telephone_id: number;
    started_by: number;
    started_at: Date;
    ended_at: Maybe<Date>;
    outcome: Maybe<"passed" | "failed" | "broken-off">;
    steps: Json<{ id: string; state: string; words: string }[]>;
  };
  sign_ins: {
    token_hash: Buffer;
    staff_id: number;
    created_at: CreatedAt;
    last_seen_at: Generated<Date>;
    expires_at: Date;
  };
  pause_reasons: {
    id: Id;
    name: string;
    max_minutes: Maybe<number>;
    created_at: CreatedAt;
    deleted_at: Maybe<Date>;
    digit: Maybe<number>;
  };
  pin_attempts: { number: string; failures: number; last_at: Date; locked_until: Maybe<Date> };
  dispositions: {
    id: Id;
    name: string;
    parent_id: Maybe<number>;
    level: number;
    created_at: CreatedAt;
    deleted_at: Maybe<Date>;
  };
  trunks: {
    id: Id;
    name: string;
    host: string;
    port: Generated<number>;
    match: Generated<string[]>;
    username: Maybe<string>;
    password_sealed: Maybe<string>;
    created_at: CreatedAt;
    deleted_at: Maybe<Date>;
  };
  inbound_routes: {
    id: Id;
    number: string;
    actions: Json<InboundAction[]>;
    created_at: CreatedAt;
    record_percent: Maybe<number>;
  };
  outbound_routes: {
    id: Id;
    name: string;
    pattern: string;
    trunk_id: number;
    strip_digits: Generated<number>;
    prefix: Maybe<string>;
    caller_id: Maybe<string>;
    created_at: CreatedAt;
    record_percent: Generated<number>;
    backup_trunk_ids: Generated<number[]>;
    team_ids: Generated<number[]>;
    agent_ids: Generated<number[]>;
    telephone_ids: Generated<number[]>;
  };
  contact_lists: { id: Id; name: string; created_at: CreatedAt; deleted_at: Maybe<Date> };
  contacts: {
    id: Id;
    list_id: number;
    full_name: string;
    company: Maybe<string>;
    email: Maybe<string>;
    note: Maybe<string>;
    created_at: CreatedAt;
    updated_at: Generated<Date>;
    deleted_at: Maybe<Date>;
  };
  contact_numbers: { contact_id: number; number: string; canonical: string };
  settings: { key: string; value: Json<unknown> };
  audit: {
    id: Id;
    at: Generated<Date>;
    actor_id: Maybe<number>;
    action: string;
    subject: string;
    facts: Json<Record<string, unknown>>;
  };
  sessions: {
    id: Id;
    agent_id: number;
    started_at: Date;
    ended_at: Maybe<Date>;
    end_reason: Maybe<string>;
    desktop_seen_at: Maybe<Date>;
    unattended_since: Maybe<Date>;
    break_reason: Maybe<string>;
    break_asked_at: Maybe<Date>;
    ended_by: Maybe<number>;
    by_telephone: Generated<boolean>;
  };
  session_endings: {
    session_id: number;
    event:
      | "timed-out"
      | "logged-out"
      | "taken-over"
      | "released"
      | "logged-out-by-supervisor"
      | "staff-removed"
      | "staff-changed";
    asked_by: Maybe<number>;
    asked_at: Date;
  };
  leases: {
    id: Id;
    session_id: number;
    agent_id: number;
    telephone_id: number;
    started_at: Date;
    ended_at: Maybe<Date>;
    end_reason: Maybe<string>;
    number: Maybe<string>;
  };
  pause_causes: {
    id: Id;
    session_id: number;
    cause: "break" | "wrap-up" | "phone-lost" | "supervisor" | "capacity" | "login-in-pause";
    reason: Maybe<string>;
    started_at: Date;
    due_at: Maybe<Date>;
    ended_at: Maybe<Date>;
    asked_at: Maybe<Date>;
    by_id: Maybe<number>;
    longest_at: Maybe<Date>;
    extended_at: Maybe<Date>;
    cut_short: Generated<boolean>;
  };
  phone_watches: {
    lease_id: number;
    state: "there" | "doubtful" | "lost" | "returning";
    why: Maybe<"not-registered" | "unreachable" | "failed-calls">;
    lost_since: Maybe<Date>;
    due_at: Maybe<Date>;
    flaps: number;
    flapped_at: Maybe<Date>;
    failed_calls: number;
    missed_calls: number;
    silent_since: Maybe<Date>;
  };
  takeover_requests: {
    id: Id;
    telephone_id: number;
    holder_id: number;
    holder_session_id: number;
    asker_id: number;
    asker_watched: boolean;
    asked_at: Date;
    expires_at: Date;
    answer: "waiting" | "when-call-ends" | "given" | "kept" | "expired";
    forced_by: Maybe<number>;
    closed_at: Maybe<Date>;
    seen_at: Maybe<Date>;
    why: Maybe<"no-answer" | "withdrawn" | "away" | "not-possible" | "given-to-another">;
    changed_by: Maybe<number>;
    given_to: Maybe<number>;
  };
  repairs: {
    id: Id;
    at: Date;
    round: "start" | "link" | "regular";
    comparer: string;
    difference: string;
    words: string;
    agent_id: Maybe<number>;
    refused: Maybe<string>;
  };
  alarms: {
    id: Id;
    subject: string;
    kind: string;
    words: string;
    times: number;
    raised_at: Date;
    last_at: Date;
    acknowledged_at: Maybe<Date>;
    acknowledged_by: Maybe<number>;
  };
  report_layouts: { staff_id: number; report: string; columns: string[] };
  saved_filters: {
    id: Id;
    owner_id: number;
    report: string;
    name: string;
    asked: Json<Record<string, string>>;
    shared: boolean;
    created_at: CreatedAt;
  };
  deliveries: {
    id: Id;
    owner_id: number;
    report: string;
    asked: Json<Record<string, string>>;
    period: string;
    format: "csv" | "xlsx";
    rhythm: "daily" | "weekly" | "monthly";
    hour: number;
    weekday: number;
    month_day: number;
    recipients: string[];
    subject: string;
    enabled: boolean;
    due_at: Maybe<Date>;
    try_at: Maybe<Date>;
    failures: Generated<number>;
    created_at: CreatedAt;
    deleted_at: Maybe<Date>;
  };
  delivery_attempts: {
    id: Id;
    delivery_id: number;
    due_at: Date;
    at: Date;
    outcome: "sent" | "failed";
    words: Maybe<string>;
  };
  mail_settings: {
    one: Generated<boolean>;
    host: string;
    port: number;
    security: "none" | "starttls" | "tls";
    sender: string;
    username: Maybe<string>;
    password_sealed: Maybe<string>;
  };
}
