import type { Generated } from "kysely";
import type { Calendar, CallLimit, DestinationClass } from "../../contract/views.ts";
import type { CreatedAt, Id, Json, Maybe } from "./column-types.ts";

/** The tables of when the house is open, and of who may call where. */
export interface CallingTables {
  calendars: {
    id: Id;
    name: string;
    time_zone: Maybe<string>;
    week: Json<Calendar["week"]>;
    exceptions: Json<Calendar["exceptions"]>;
    created_at: CreatedAt;
    deleted_at: Maybe<Date>;
  };
  call_limits: {
    id: Id;
    of: CallLimit["of"];
    staff_id: Maybe<number>;
    route_id: Maybe<number>;
    destinations: Maybe<DestinationClass[]>;
    calls_at_once: Maybe<number>;
    minutes_per_day: Maybe<number>;
    calendar_id: Maybe<number>;
    any_time: Generated<boolean>;
    created_at: CreatedAt;
  };
}
