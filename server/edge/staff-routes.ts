import {
  Agent,
  AgentBody,
  Calendar,
  CalendarBody,
  CallLimit,
  CallLimitBody,
  Disposition,
  DispositionBody,
  InboundRoute,
  InboundRouteBody,
  OutboundRoute,
  OutboundRouteBody,
  Pause,
  PauseBody,
  Queue,
  QueueBody,
  Team,
  TeamBody,
  Trunk,
  TrunkBody,
  User,
  UserBody,
} from "../../contract/views.ts";
import type { Services } from "../services.ts";
import { administeredRoutes } from "./administered-routes.ts";
import type { App } from "./app.ts";

/** Everything an administrator furnishes the house with. */
export function staffRoutes(app: App, services: Services): void {
  const staff = { read: "staff.read", change: "staff.change" } as const;
  /** What every desktop needs to know, and only an administrator changes. */
  const basics = { read: "basics.read", change: "staff.change" } as const;

  administeredRoutes(app, {
    ...staff,
    path: "/users",
    one: "administrator or supervisor",
    body: UserBody,
    view: User,
    service: services.users,
  });
  administeredRoutes(app, {
    ...staff,
    path: "/agents",
    one: "agent",
    body: AgentBody,
    view: Agent,
    service: services.agents,
  });
  administeredRoutes(app, {
    ...staff,
    path: "/teams",
    one: "team",
    body: TeamBody,
    view: Team,
    service: services.teams,
  });
  administeredRoutes(app, {
    ...basics,
    path: "/queues",
    one: "queue",
    body: QueueBody,
    view: Queue,
    service: services.queueAdmin,
  });
  administeredRoutes(app, {
    ...basics,
    path: "/pauses",
    one: "break reason",
    body: PauseBody,
    view: Pause,
    service: services.pauseReasons,
  });
  administeredRoutes(app, {
    ...basics,
    path: "/dispositions",
    one: "disposition",
    body: DispositionBody,
    view: Disposition,
    service: services.dispositionTree,
  });
  administeredRoutes(app, {
    ...staff,
    path: "/trunks",
    one: "trunk",
    body: TrunkBody,
    view: Trunk,
    service: services.trunks,
  });
  administeredRoutes(app, {
    ...staff,
    path: "/calendars",
    one: "calendar",
    body: CalendarBody,
    view: Calendar,
    service: services.calendars,
  });
  administeredRoutes(app, {
    ...staff,
    path: "/inbound-routes",
    one: "inbound route",
    body: InboundRouteBody,
    view: InboundRoute,
    service: services.inboundRoutes,
  });
  administeredRoutes(app, {
    ...staff,
    path: "/call-limits",
    one: "set of limits for calls outside",
    body: CallLimitBody,
    view: CallLimit,
    service: services.callLimits,
  });
  administeredRoutes(app, {
    ...staff,
    path: "/outbound-routes",
    one: "outbound route",
    body: OutboundRouteBody,
    view: OutboundRoute,
    service: services.outboundRoutes,
  });
}
