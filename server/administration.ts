import { createCalendarService } from "./calendars/calendar-service.ts";
import type { Clock } from "./clock.ts";
import { createContactListService } from "./contacts/contact-list-service.ts";
import { createDispositionTreeService } from "./contacts/disposition-tree-service.ts";
import type { Database } from "./db/pool.ts";
import { createQueueAdminService } from "./queues/queue-admin-service.ts";
import type { QueueLiveService } from "./queues/queue-live-service.ts";
import type { Services } from "./services.ts";
import { createAgentService } from "./staff/agent-service.ts";
import type { ChangeService } from "./staff/change-service.ts";
import type { PasswordService } from "./staff/password-service.ts";
import { createPauseReasonService } from "./staff/pause-reason-service.ts";
import type { SecretBox } from "./staff/secret-box.ts";
import { createTeamService } from "./staff/team-service.ts";
import { createUserService } from "./staff/user-service.ts";
import type { RegistrationService } from "./telephones/registration-service.ts";
import { createTelephoneAdminService } from "./telephones/telephone-admin-service.ts";
import { createTelephoneBatchService } from "./telephones/telephone-batch-service.ts";
import { createCallLimitService } from "./trunks/call-limit-service.ts";
import { createInboundRouteService } from "./trunks/inbound-route-service.ts";
import { createOutboundRouteService } from "./trunks/outbound-route-service.ts";
import { createTrunkService } from "./trunks/trunk-service.ts";

type Administration = Pick<
  Services,
  | "users"
  | "agents"
  | "teams"
  | "telephoneAdmin"
  | "telephoneBatch"
  | "queueAdmin"
  | "pauseReasons"
  | "trunks"
  | "calendars"
  | "inboundRoutes"
  | "outboundRoutes"
  | "callLimits"
  | "contactLists"
  | "dispositionTree"
>;

/** The services of the collections that administrators keep. None of them runs. */
export function createAdministration(deps: {
  db: Database;
  clock: Clock;
  changes: ChangeService;
  passwords: PasswordService;
  secrets: SecretBox;
  registration: RegistrationService;
  queueLive: QueueLiveService;
}): Administration {
  const { db, clock, changes, passwords, secrets } = deps;
  const telephones = createTelephoneAdminService({ db, clock, changes, registrations: deps.registration });
  return {
    users: createUserService({ db, clock, changes, passwords }),
    agents: createAgentService({ db, clock, changes, passwords }),
    teams: createTeamService({ db, clock, changes }),
    telephoneAdmin: telephones,
    telephoneBatch: createTelephoneBatchService({ db, changes, telephones }),
    queueAdmin: createQueueAdminService({ db, clock, changes, live: deps.queueLive }),
    pauseReasons: createPauseReasonService({ db, clock, changes }),
    trunks: createTrunkService({ db, clock, changes, secrets }),
    calendars: createCalendarService({ db, clock, changes }),
    inboundRoutes: createInboundRouteService({ db, changes }),
    callLimits: createCallLimitService({ db, changes }),
    outboundRoutes: createOutboundRouteService({ db, changes }),
    contactLists: createContactListService({ db, clock, changes }),
    dispositionTree: createDispositionTreeService({ db, clock, changes }),
  };
}
