import type { Calendar } from "../../contract/views.ts";
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
}
