import type { Generated } from "kysely";
import type { SmsGateway } from "../../contract/views.ts";
import type { Id, Json } from "./column-types.ts";

/** The tables of what projects need of other systems. */
export interface ConnectionTables {
  house_secrets: {
    id: Id;
    name: string;
    purpose: "header" | "database";
    secret_sealed: string;
    hosts: Generated<string[]>;
    leads_to: Generated<string>;
  };
  data_queries: { id: Id; name: string; secret_id: number; sql: string; timeout_seconds: number };
  sms_gateway: { one: Generated<boolean>; request: Json<SmsGateway> };
}
