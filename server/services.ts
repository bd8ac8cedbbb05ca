import type { BlockKind, Registrar } from "../contract/views.ts";
import type { BalanceService } from "./balance/balance-service.ts";
import type { CalendarService } from "./calendars/calendar-service.ts";
import type { CallControlService } from "./calls/call-control-service.ts";
import type { DestinationService } from "./calls/destination-service.ts";
import type { DispositionService } from "./calls/disposition-service.ts";
import type { HandService } from "./calls/hand-service.ts";
import type { LiveLegService } from "./calls/live-leg-service.ts";
import type { MissedCallService } from "./calls/missed-call-service.ts";
import type { ContactListService } from "./contacts/contact-list-service.ts";
import type { ContactService } from "./contacts/contact-service.ts";
import type { DispositionTreeService } from "./contacts/disposition-tree-service.ts";
import type { DeliveryService } from "./deliveries/delivery-service.ts";
import type { HealthService } from "./health-service.ts";
import type { ProjectService } from "./ivr/project-service.ts";
import type { RunService } from "./ivr/run-service.ts";
import type { TrialService } from "./ivr/trial-service.ts";
import type { MailService } from "./mail/mail-service.ts";
import type { PromptService } from "./prompts/prompt-service.ts";
import type { QueueAdminService } from "./queues/queue-admin-service.ts";
import type { AlarmService } from "./reconcile/alarm-service.ts";
import type { ReconcileService } from "./reconcile/reconcile-service.ts";
import type { RecordingPauseService } from "./recordings/recording-pause-service.ts";
import type { RecordingService } from "./recordings/recording-service.ts";
import type { ReportShelfService } from "./report-shelf/report-shelf-service.ts";
import type { Histories } from "./reports/histories.ts";
import type { ReportCalls } from "./reports/report-calls.ts";
import type { Reports } from "./reports/reports.ts";
import type { Desktops } from "./sessions/desktops.ts";
import type { PauseService } from "./sessions/pause-service.ts";
import type { SessionEndingService } from "./sessions/session-ending-service.ts";
import type { SessionService } from "./sessions/session-service.ts";
import type { SessionSignals } from "./sessions/session-signals.ts";
import type { TakeoverService } from "./sessions/takeover-service.ts";
import type { AgentService } from "./staff/agent-service.ts";
import type { PauseReasonService } from "./staff/pause-reason-service.ts";
import type { PinService } from "./staff/pin-service.ts";
import type { SettingService } from "./staff/setting-service.ts";
import type { SignInService } from "./staff/sign-in-service.ts";
import type { TeamService } from "./staff/team-service.ts";
import type { UserService } from "./staff/user-service.ts";
import type { ChoiceService } from "./telephones/choice-service.ts";
import type { RegistrationService } from "./telephones/registration-service.ts";
import type { SelfTestService } from "./telephones/self-test-service.ts";
import type { TelephoneAdminService } from "./telephones/telephone-admin-service.ts";
import type { TelephoneBatchService } from "./telephones/telephone-batch-service.ts";
import type { InboundRouteService } from "./trunks/inbound-route-service.ts";
import type { OutboundRouteService } from "./trunks/outbound-route-service.ts";
import type { TrunkService } from "./trunks/trunk-service.ts";

/** Everything the edge can ask; `house.ts` builds it. One line a service. */
export interface Services {
  health: HealthService;
  signIn: SignInService;
  settings: SettingService;

  users: UserService;
  agents: AgentService;
  pins: PinService;
  teams: TeamService;
  telephoneAdmin: TelephoneAdminService;
  telephoneBatch: TelephoneBatchService;
  selfTests: SelfTestService;
  registrar: Registrar;
  queueAdmin: QueueAdminService;
  pauseReasons: PauseReasonService;
  trunks: TrunkService;
  calendars: CalendarService;
  inboundRoutes: InboundRouteService;
  outboundRoutes: OutboundRouteService;
  contactLists: ContactListService;
  contacts: ContactService;
  dispositionTree: DispositionTreeService;

  projects: ProjectService;
  projectRuns: Pick<RunService, "list" | "get" | "traffic">;
  trials: TrialService;
  /** Every kind of block, in the order of the palette. */
  blockKinds: readonly BlockKind[];

  registration: RegistrationService;
  choices: ChoiceService;
  desktops: Desktops;
  sessions: SessionService;
  sessionEndings: SessionEndingService;
  pauses: PauseService;
  takeovers: TakeoverService;
  signals: SessionSignals;

  alarms: AlarmService;
  reconcile: ReconcileService;

  liveLegs: LiveLegService;
  missedCalls: MissedCallService;
  dispositions: DispositionService;
  callControl: CallControlService;
  prompts: PromptService;
  recordings: RecordingService;
  recordingPauses: RecordingPauseService;
  hands: HandService;
  destinations: DestinationService;
  reportCalls: ReportCalls;
  reports: Reports;
  reportShelf: ReportShelfService;
  deliveries: DeliveryService;
  mail: MailService;
  histories: Histories;
  balance: BalanceService;
}
