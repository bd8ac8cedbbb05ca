import type { Clock } from "./clock.ts";
import type { Database } from "./db/pool.ts";
import type { Hub } from "./hub.ts";
import type { Log } from "./log.ts";
import { type Part, part } from "./part.ts";
import type { Services } from "./services.ts";
import { createAgentTurns } from "./sessions/agent-turns.ts";
import { createBrokenActs } from "./sessions/broken-acts.ts";
import type { Desktops } from "./sessions/desktops.ts";
import { createPauseService } from "./sessions/pause-service.ts";
import { createPhoneLossService } from "./sessions/phone-loss-service.ts";
import { createPresenceService } from "./sessions/presence-service.ts";
import { createSeatService } from "./sessions/seat-service.ts";
import { createSessionEndingService } from "./sessions/session-ending-service.ts";
import { createSessionService } from "./sessions/session-service.ts";
import { createTakeoverService } from "./sessions/takeover-service.ts";
import type { SettingService } from "./staff/setting-service.ts";
import type { ChoiceService } from "./telephones/choice-service.ts";
import type { RegistrationService } from "./telephones/registration-service.ts";
import type { Telephony } from "./telephony.ts";

/** All about agents at work: who sits where, who is paused, what happens when a telephone or a desktop is lost. */
export function createAtWork(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  telephony: Telephony;
  registration: RegistrationService;
  choices: ChoiceService;
  desktops: Desktops;
  settings: SettingService;
  askDatabase(): Promise<void>;
}) {
  const { clock, hub, registration, askDatabase } = deps;
  const brokenActs = createBrokenActs({ clock, hub, askDatabase });
  const turns = createAgentTurns(brokenActs.brokeOff);
  const seats = { ...deps, turns };
  const sessions = createSessionService(seats);
  const sessionEndings = createSessionEndingService(seats);
  const pauses = createPauseService(seats);
  const presence = createPresenceService({ ...seats, endings: sessionEndings });
  const phoneLoss = createPhoneLossService({ ...seats, pauses });
  const takeovers = createTakeoverService({ ...seats, sessions, endings: sessionEndings });
  const signals = { registered: registration.registered, phone: phoneLoss.signal, askedOf: takeovers.askedOf };
  const services: Pick<Services, "sessions" | "sessionEndings" | "pauses" | "takeovers" | "signals"> = {
    ...{ sessions, sessionEndings, pauses, takeovers, signals },
  };
  const parts: Part[] = [
    part("acts that broke off", brokenActs),
    part("ends of sessions", sessionEndings),
    part("desktops", presence),
    part("signals of telephones", phoneLoss),
    part("telephones that change hands", takeovers),
    part("pauses", pauses),
  ];
  return { services, parts, turns, phoneLoss, seated: createSeatService(seats) };
}
