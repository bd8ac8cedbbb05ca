import type { Clock } from "./clock.ts";
import { createDataQueryService } from "./connections/data-query-service.ts";
import { createDatabaseReader } from "./connections/database-reader.ts";
import { createHouseSecretService } from "./connections/house-secret-service.ts";
import { createSecretRequests, type SecretRequests } from "./connections/secret-requests.ts";
import { createSmsService } from "./connections/sms-service.ts";
import type { Database } from "./db/pool.ts";
import { createWebRequests } from "./ivr/web-requests.ts";
import type { Services } from "./services.ts";
import type { ChangeService } from "./staff/change-service.ts";
import type { SecretBox } from "./staff/secret-box.ts";
import type { SettingService } from "./staff/setting-service.ts";

interface Connections {
  services: Pick<Services, "houseSecrets" | "dataQueries" | "sms">;
  web: SecretRequests;
}

/** All by which projects ask other systems: the web, databases, the gateway of short messages. None of it runs. */
export function createConnections(deps: {
  db: Database;
  clock: Clock;
  changes: ChangeService;
  secrets: SecretBox;
  settings: Pick<SettingService, "current">;
}): Connections {
  const { db, clock, changes, settings } = deps;
  const houseSecrets = createHouseSecretService({ db, changes, secrets: deps.secrets });
  const plain = createWebRequests({ clock, allowed: () => settings.current().httpBlockAllowed });
  const web = createSecretRequests({ web: plain, secrets: houseSecrets });
  const reader = createDatabaseReader({ clock, allowed: () => settings.current().databaseBlockAllowed });
  const dataQueries = createDataQueryService({ db, clock, changes, secrets: houseSecrets, reader });
  const sms = createSmsService({ db, changes, requests: web, country: () => settings.current().country });
  return { services: { houseSecrets, dataQueries, sms }, web };
}
