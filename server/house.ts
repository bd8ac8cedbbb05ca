import { join } from "node:path";
import { sql } from "kysely";
import { createAdministration } from "./administration.ts";
import { createAtWork } from "./at-work.ts";
import { createByTelephone } from "./by-telephone.ts";
import { readCalendars } from "./calendars/calendar-store.ts";
import { createCallbackCallService } from "./callbacks/callback-call-service.ts";
import { createArchiveService } from "./calls/archive-service.ts";
import { findNameOf } from "./calls/destination-store.ts";
import { createDispositionService } from "./calls/disposition-service.ts";
import { createJournalService } from "./calls/journal-service.ts";
import { createLiveLegService } from "./calls/live-leg-service.ts";
import { createMissedCallService } from "./calls/missed-call-service.ts";
import { createOpenCallComparer } from "./calls/open-call-comparer.ts";
import { createCallsInHand } from "./calls-in-hand.ts";
import { createConsequences } from "./consequences.ts";
import { createContactService } from "./contacts/contact-service.ts";
import { isCountry } from "./contacts/phone-number.ts";
import { migrate } from "./db/migrate.ts";
import { createHttp, type Http } from "./edge/http.ts";
import { createLiveFeed } from "./edge/live-feed.ts";
import { createLiveSources } from "./edge/live-sources.ts";
import { presentAgent } from "./edge/present-agent.ts";
import { createLiveSocket } from "./edge/socket.ts";
import { createFloorService } from "./floor/floor-service.ts";
import { createHealthService } from "./health-service.ts";
import type { HouseOptions } from "./house-options.ts";
import { memoryHub } from "./hub.ts";
import { createItemServices } from "./items/item-services.ts";
import { type Part, part } from "./part.ts";
import { usesOfPrompts } from "./prompt-uses.ts";
import type { TelephoneToRing } from "./prompts/prompt-call-service.ts";
import { createPromptServices } from "./prompts/prompt-services.ts";
import { createVoiceMaker } from "./prompts/voice-maker.ts";
import { createWaitingSounds } from "./prompts/waiting-sounds.ts";
import { createMemberComparer } from "./queues/member-comparer.ts";
import { createQueueLiveService } from "./queues/queue-live-service.ts";
import { createAlarmService } from "./reconcile/alarm-service.ts";
import { createReconcileService } from "./reconcile/reconcile-service.ts";
import { createRecordingServices } from "./recordings/recording-services.ts";
import { Refusal } from "./refusal.ts";
import { createReporting } from "./reporting.ts";
import type { Services } from "./services.ts";
import { createDesktops } from "./sessions/desktops.ts";
import { createLeaseComparer } from "./sessions/lease-comparer.ts";
import { decideSecondDesktop } from "./sessions/second-desktop.ts";
import { createChangeService } from "./staff/change-service.ts";
import { createPasswordService } from "./staff/password-service.ts";
import { createPinService } from "./staff/pin-service.ts";
import { createSettingService } from "./staff/setting-service.ts";
import { createSignInService } from "./staff/sign-in-service.ts";
import { createChoiceService } from "./telephones/choice-service.ts";
import { createRegistrationService } from "./telephones/registration-service.ts";
import { createSelfTestService } from "./telephones/self-test-service.ts";
import { createTelephonyConfigService } from "./telephony-config-service.ts";
import { createLimitWatch } from "./trunks/limit-watch.ts";
import { createRouteTrialService } from "./trunks/route-trial-service.ts";

export interface House {
  services: Services;
  http: Http;
  /** Brings the schema up to date and makes the first administrator; answers the password made up for him. */
  prepare(adminPassword: string | null): Promise<string | undefined>;
  /** In the order of starting; they stop in reverse. */
  parts: Part[];
}

/** Builds every service of the server and joins them. Nothing runs before `prepare` and the parts' `start`. */
export async function buildHouse(options: HouseOptions): Promise<House> {
  const { db, clock, log, telephony, secrets, node, version } = options;
  const hub = memoryHub((err, news) => log.error({ err, news: news.type }, "a listener of the hub failed"));
  const base = { db, clock, hub, log };

  const waitingSounds = createWaitingSounds({
    ...base,
    maker: createVoiceMaker(options.voices.programs),
    folder: join(options.voices.folder, "waiting"),
  });
  const telephonyConfig = createTelephonyConfigService({ ...base, telephony, secrets, sounds: waitingSounds });
  const changes = createChangeService({ ...base, telephonyConfig });
  const passwords = createPasswordService();
  const settings = createSettingService({ db, changes, isCountry });
  const desktops = createDesktops();
  const signIn = createSignInService({
    ...{ db, clock, hub, passwords, changes },
    admit({ id, role }) {
      const { secondLogin: policy, timeZone } = settings.current();
      if (role !== "agent") return null;
      const decided = decideSecondDesktop({ policy, timeZone, there: desktops.of(id), signIn: null, now: clock.now() });
      return decided instanceof Refusal ? decided : null;
    },
  });
  const alarms = createAlarmService(base);
  const limitWatch = createLimitWatch({ db, clock, log, alarm: alarms.raise });
  const pins = createPinService({ db, clock, log, passwords, changes, settings, alarm: alarms.raise });
  const registration = createRegistrationService();
  const choices = createChoiceService({ ...base, registration, settings });
  const askDatabase = async () => void (await sql`select 1`.execute(db));
  const atWork = createAtWork({ ...base, telephony, registration, choices, desktops, settings, askDatabase });
  const { turns, phoneLoss, seated } = atWork;
  const { sessions, sessionEndings, pauses, signals } = atWork.services;
  const contacts = createContactService({ db, clock, changes, settings });
  const { source, language, holds } = options.journal;
  const journal = createJournalService({ ...base, source, language, node, settings });
  const recordingOf = (linkedId: string) => recordingPauses.of(linkedId);
  const liveLegs = createLiveLegService({
    ...base,
    choices,
    contactOf: contacts.hint,
    recordingOf,
    nameOf: async (number) => (await findNameOf(db, number)) ?? (await contacts.hint(number))?.name ?? null,
  });
  const floor = createFloorService({
    ...base,
    liveLegs,
    choices,
    present: (row) => presentAgent(row, signals),
  });
  const dispositions = createDispositionService({
    ...base,
    node,
    liveLegs,
    settings,
    contactOf: contacts.hint,
  });
  const missedCalls = createMissedCallService({ db, contactOf: contacts.hint });
  const { recordings, recordingPauses, ...recording } = createRecordingServices({
    ...{ ...base, ...options.recording, language, settings, alarm: alarms.raise },
    legOf(legId) {
      const leg = liveLegs.find(legId);
      return leg === null ? null : { agentId: leg.agentId, over: leg.view.state === "ended" };
    },
  });
  const telephone: TelephoneToRing = (id) => {
    const row = choices.find(id);
    if (row === null) return null;
    const registered = registration.contact(row.endpoint)?.registered === true;
    return { endpoint: row.endpoint, name: row.name, registered, onCall: registration.onCall(row.endpoint) };
  };
  const { prompts, promptCalls, ...prompting } = createPromptServices({
    ...{ ...base, ...options.voices, changes, settings, telephony, telephone },
    usesOf: usesOfPrompts,
  });
  const { hands } = options;
  const callsInHand = createCallsInHand({ ...base, telephony, hands, liveLegs, registration, sessions, contacts });
  const takenFolder = join(options.voices.folder, "taken");
  const items = createItemServices({
    ...{ ...base, settings, contactOf: contacts.hint, alarm: alarms.raise, folder: options.recording.folder },
    dial: callsInHand.callControl.dial,
    takenFolder,
  });
  const queueLive = createQueueLiveService(base);
  const reconcile = createReconcileService({
    ...base,
    telephony,
    turns,
    alarms,
    sweep: sessionEndings.sweep,
    configured: telephonyConfig.settled,
    nameOf: (endpoint) => choices.findByEndpoint(endpoint)?.name ?? endpoint,
    comparisons: [
      createLeaseComparer({ db, clock, hub }),
      createMemberComparer({ db, telephony }),
      seated.comparison,
      createOpenCallComparer({ ...base, node, language, settings, journal }),
    ],
    readers: [
      registration,
      { mark: liveLegs.mark, refresh: ({ legs }, mark) => liveLegs.refresh(legs, mark) },
      queueLive,
      { mark: () => 0, refresh: ({ legs }) => holds.onLegsFound(legs) },
      { mark: () => callbackCalls.mark(), refresh: (state, mark) => callbackCalls.refresh(state, mark) },
      { mark: () => 0, refresh: ({ linkedIds }) => answering.runs.sweep(linkedIds) },
    ],
  });
  const callbackCalls = createCallbackCallService({
    ...{ ...base, telephony, settings, node, journalLagMs: journal.lagMs, readCalendars: () => readCalendars(db) },
    nameOf: async (number) => (await contacts.hint(number))?.name ?? null,
  });
  const health = createHealthService({
    clock,
    version,
    telephony,
    askDatabase,
    journal: () => ({ lagMs: journal.lagMs(), damagedLines: journal.damagedLines() }),
    reconcile: reconcile.counts,
    alarms: alarms.open,
  });

  const { testCalls } = options;
  const selfTests = createSelfTestService({ ...base, changes, registration, telephony, testCalls });

  const reporting = createReporting({ db, clock, log, language, changes, secrets, settings, alarms });

  const answering = createByTelephone({
    ...{ ...base, telephony, changes, secrets, settings, contacts, mail: reporting.services.mail },
    ...{ pins, choices, sessions, endings: sessionEndings, pauses, queueLive, telephone },
    ...{ liveLegs, dispositions, promptCalls },
    ...{ desktops, registration, voiceFiles: prompting.voiceFiles, takenFolder, messages: items.messages },
  });

  const services: Services = {
    health,
    signIn,
    settings,
    routeTrials: createRouteTrialService({ db, telephony, isRegistered: registration.registered }),
    ...createAdministration({ db, clock, changes, passwords, secrets, registration, queueLive }),
    pins,
    selfTests,
    registrar: options.registrar,
    contacts,
    registration,
    choices,
    desktops,
    ...atWork.services,
    alarms,
    reconcile,
    liveLegs,
    dispositions,
    missedCalls,
    ...callsInHand,
    prompts,
    promptCalls,
    recordings,
    recordingPauses,
    ...items.services,
    ...reporting.services,
    ...answering.services,
  };

  const liveSources = createLiveSources({ db, telephony, queueLive, services });
  const feed = createLiveFeed({ hub, log, choices, floor, sources: liveSources });
  const live = createLiveSocket({ clock, hub, log, feed, desktops, settings, signIns: signIn });
  const http = await createHttp({ ...options, services });
  live.attach(http.server);

  const consequences = createConsequences({
    ...{ hub, log, settings, contacts, telephonyConfig, reconcile },
    hear(event) {
      registration.heard(event);
      phoneLoss.heard(event);
      liveLegs.heard(event);
      queueLive.heard(event);
      callbackCalls.heard(event);
      limitWatch.heard(event);
      holds.onEvent(event);
      if (event.type === "link.up") {
        recordingPauses
          .reassert()
          .catch((err: unknown) => log.warn({ err }, "paused recordings could not be looked at"));
      }
    },
  });

  return {
    services,
    http,
    async prepare(adminPassword) {
      await migrate(db);
      const made = await signIn.ensureFirstAdmin(adminPassword);
      await settings.load();
      return made;
    },
    parts: [
      part("health", health),
      part("what follows from what", consequences),
      part("telephones", choices),
      part("tests of telephones", selfTests),
      ...atWork.parts,
      ...(options.archive === undefined
        ? []
        : [part("months of calls", createArchiveService({ ...base, settings, directory: options.archive }))]),
      part("legs", liveLegs),
      { name: "deadlines of dispositions", start: () => {}, stop: () => dispositions.stop() },
      part("waiting callers", queueLive),
      part("floor", floor),
      part("who sits where", seated),
      part("live feed", feed),
      part("live socket", live),
      part("sounds of queues", waitingSounds),
      part("configuration of the telephone system", telephonyConfig),
      { name: "telephone system", start: () => telephony.start(consequences.heard), stop: () => telephony.stop() },
      { name: "alarms", start: () => alarms.start(), stop: () => {} },
      part("reconciling", reconcile),
      part("journal", journal),
      ...prompting.parts,
      ...answering.parts,
      ...recording.parts,
      ...items.parts,
      part("calls back", callbackCalls),
      ...reporting.parts,
    ],
  };
}
