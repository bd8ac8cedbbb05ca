import type { CallHands } from "./call-hands.ts";
import { createCallControlService } from "./calls/call-control-service.ts";
import { createDestinationService } from "./calls/destination-service.ts";
import { createHandService } from "./calls/hand-service.ts";
import type { LiveLegService } from "./calls/live-leg-service.ts";
import type { Clock } from "./clock.ts";
import type { ContactService } from "./contacts/contact-service.ts";
import type { Database } from "./db/pool.ts";
import type { Hub } from "./hub.ts";
import type { Log } from "./log.ts";
import type { Services } from "./services.ts";
import type { SessionService } from "./sessions/session-service.ts";
import { profileOf } from "./telephones/device-profile.ts";
import type { RegistrationService } from "./telephones/registration-service.ts";
import { findTelephoneRows } from "./telephones/telephone-admin-store.ts";
import type { Telephony } from "./telephony.ts";

const CONTACTS_PROPOSED = 20;

/** What an agent can do with the call that goes on, and where it can be sent. None of them runs. */
export function createCallsInHand(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  telephony: Telephony;
  hands: CallHands;
  liveLegs: LiveLegService;
  registration: RegistrationService;
  sessions: SessionService;
  contacts: ContactService;
}): Pick<Services, "callControl" | "hands" | "destinations"> {
  const { db, registration, sessions, contacts } = deps;
  return {
    callControl: createCallControlService({ ...deps, sessionOf: sessions.current }),
    hands: createHandService({
      ...deps,
      async listens(telephoneId, endpoint) {
        const [telephone] = await findTelephoneRows(db, [telephoneId]);
        return profileOf(telephone?.model ?? null, registration.contact(endpoint)?.userAgent ?? null).notify;
      },
    }),
    destinations: createDestinationService({
      db,
      registration,
      async contacts(q) {
        const asked = { q, limit: CONTACTS_PROPOSED, after: null, listId: null, number: null };
        const { rows } = await contacts.search(asked);
        return rows.map(({ fullName, company, numbers }) => ({ name: fullName, company, numbers }));
      },
      endpointOf: async (agentId) => (await sessions.current(agentId))?.telephone.endpoint ?? null,
    }),
  };
}
