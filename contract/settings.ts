import Type, { type Static } from "typebox";

/**
 * The house's settings: every key there is, with its default. Who changes one sends only that one
 * (`PATCH /settings`); a key that does not stand here is refused.
 */
export const Settings = Type.Object(
  {
    houseName: Type.String({
      title: "Name of the house",
      minLength: 1,
      maxLength: 80,
      pattern: "^(?=.*\\S)[^\\p{Cc}\\u2028\\u2029]+$",
      default: "Perch",
    }),
    country: Type.String({
      title: "Country of numbers written without one",
      description: "ISO 3166-1, two letters",
      pattern: "^[A-Z]{2}$",
      default: "IT",
    }),
    timeZone: Type.String({
      title: "Time zone of reports",
      description: "A name of the IANA time zone database",
      pattern: "^[A-Za-z][A-Za-z0-9_+/-]{0,63}$",
      default: "Europe/Rome",
    }),
    firstDayOfWeek: Type.Integer({
      title: "First day of the week in reports",
      description: "1 is Monday, 7 is Sunday",
      minimum: 1,
      maximum: 7,
      default: 1,
    }),
    disconnectionTimeoutMinutes: Type.Union([Type.Integer({ minimum: 1, maximum: 1440 }), Type.Null()], {
      title: "Disconnection timeout, minutes",
      description:
        "How long an agent whose desktop vanished keeps the telephone; null: until they or a supervisor end it",
      default: 15,
    }),
    undisposedUser: Type.Enum(["telephone", "seated-agent"], {
      title: "User of a call on a shared telephone before it is disposed",
      default: "telephone",
    }),
    disposeDeadlineHours: Type.Integer({
      title: "How long a call can still be disposed, hours",
      minimum: 1,
      maximum: 8760,
      default: 24,
    }),
    wrapUpMaximumSeconds: Type.Integer({
      title: "Longest wrap-up where a disposition is mandatory, seconds",
      minimum: 30,
      maximum: 7200,
      default: 600,
    }),
    wrapUpExtendSeconds: Type.Integer({
      title: "How much longer a wrap-up can be made, once, seconds",
      minimum: 5,
      maximum: 3600,
      default: 60,
    }),
    startPaused: Type.Boolean({
      title: "Agents are paused after login until they press Ready",
      default: false,
    }),
    phoneLossGraceSeconds: Type.Integer({
      title: "A telephone that is gone for less than this suspends nobody, seconds",
      minimum: 0,
      maximum: 300,
      default: 10,
    }),
    phoneStableSeconds: Type.Integer({
      title: "How long a telephone has to be back before its agent is offered calls again, seconds",
      minimum: 0,
      maximum: 300,
      default: 10,
    }),
    missedCallsBeforeSuspend: Type.Union([Type.Integer({ minimum: 1, maximum: 100 }), Type.Null()], {
      title: "Unanswered rings of queues in a row after which an agent is suspended",
      description: "Until they press Ready; null: never",
      default: 3,
    }),
    failedCallsBeforeSuspend: Type.Union([Type.Integer({ minimum: 1, maximum: 100 }), Type.Null()], {
      title: "Calls in a row that did not reach the telephone after which its agent is suspended",
      description: "Null: never",
      default: 2,
    }),
    secondLogin: Type.Enum(["resume", "refuse", "end-other"], {
      title: "An agent who signs in at a second desktop",
      description:
        "resume: both show the session; refuse: the second one is turned away while the first is there; end-other: the first one is signed out",
      default: "resume",
    }),
    takeoverByAsking: Type.Boolean({
      title: "Agents may ask the holder of a telephone for it",
      default: true,
    }),
    takeoverAnswerSeconds: Type.Integer({
      title: "How long a holder has to answer such a request, seconds",
      minimum: 10,
      maximum: 600,
      default: 60,
    }),
    promptLanguage: Type.Union([Type.Enum(["en", "it", "es", "fr"]), Type.Null()], {
      title: "Language spoken on the telephone",
      description: "Where an agent has none of their own; null: the country's, else English",
      default: null,
    }),
    emergencyNumbers: Type.Array(Type.String({ pattern: "^[0-9]{2,8}$" }), {
      title: "Emergency numbers",
      description: "Every telephone may dial them; they go out by the first outbound route that takes them",
      maxItems: 20,
      uniqueItems: true,
      default: ["112", "113", "115", "118"],
    }),
    idleTelephonesMayCall: Type.Enum(["internal", "anything"], {
      title: "What a shared telephone that nobody holds may call",
      description: "Emergency numbers in either case",
      default: "internal",
    }),
    transferCodes: Type.Enum(["off", "star", "two-stars"], {
      title: "Keys by which a telephone sends a caller on",
      description: "In a call, with a number behind: star is *2 and *3 (asks first); two-stars is **2 and **3",
      default: "two-stars",
    }),
    askedRingSeconds: Type.Integer({
      title: "How long somebody who is asked by keys rings, seconds",
      description: "Then the caller is back; where who asked has hung up, his telephone is rung",
      minimum: 5,
      maximum: 50,
      default: 20,
    }),
    pinAttempts: Type.Integer({
      title: "Wrong PINs in a row that lock a number",
      minimum: 1,
      maximum: 20,
      default: 3,
    }),
    pinLockMinutes: Type.Integer({
      title: "How long a number is locked after them, minutes",
      minimum: 1,
      maximum: 1440,
      default: 15,
    }),
    remoteCallingNumber: Type.Boolean({
      title: "Remote agents may be rung at the number they call from",
      description: "Those whose accounts say so, once they were rung back there and said their PIN",
      default: false,
    }),
    httpBlockAllowed: Type.Array(Type.String({ pattern: "^[A-Za-z0-9.:_/\\[\\]-]{1,255}$" }), {
      title: "What of the house’s own network projects may ask over HTTP",
      description: "Names, addresses or networks, with a port or without; the internet is open to them in any case",
      maxItems: 100,
      uniqueItems: true,
      default: [],
    }),
    databaseBlockAllowed: Type.Array(Type.String({ pattern: "^[A-Za-z0-9.:_/\\[\\]-]{1,255}$" }), {
      title: "Where databases are that projects may ask",
      description: "Names, addresses or networks, with a port or without; no other database is asked",
      maxItems: 100,
      uniqueItems: true,
      default: [],
    }),
    projectRunDays: Type.Integer({
      title: "How long ways through projects are kept, days",
      description: "Who was led where and what was pressed; how often each exit was taken stays",
      minimum: 1,
      maximum: 3650,
      default: 90,
    }),
    recordingRetentionDays: Type.Union([Type.Integer({ minimum: 1, maximum: 3650 }), Type.Null()], {
      title: "How long recordings are kept, days",
      description: "A queue may say otherwise; null: until somebody removes them",
      default: 180,
    }),
    voicemailRetentionDays: Type.Union([Type.Integer({ minimum: 1, maximum: 3650 }), Type.Null()], {
      title: "How long messages of callers are kept, days",
      description: "Those that were worked off; null: until somebody removes them",
      default: 180,
    }),
    agentsHearOwnCalls: Type.Boolean({
      title: "Agents may hear the recordings of their own calls",
      default: false,
    }),
    callMonthsKept: Type.Union([Type.Integer({ minimum: 2, maximum: 1200 }), Type.Null()], {
      title: "How long calls are kept, months",
      description: "Older months are written into files and taken out of the reports; null: never",
      default: null,
    }),
    journalMonthsKept: Type.Union([Type.Integer({ minimum: 2, maximum: 1200 }), Type.Null()], {
      title: "How long the journal of calls is kept, months",
      description: "Older months are written into files; with their calls at the latest; null: as long as the calls",
      default: null,
    }),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof Settings>;

export const SettingsPatch = Type.Partial(Settings, { additionalProperties: false });
export type SettingsPatch = Static<typeof SettingsPatch>;

export const DEFAULT_SETTINGS: Settings = {
  houseName: "Perch",
  country: "IT",
  timeZone: "Europe/Rome",
  firstDayOfWeek: 1,
  disconnectionTimeoutMinutes: 15,
  undisposedUser: "telephone",
  disposeDeadlineHours: 24,
  wrapUpMaximumSeconds: 600,
  wrapUpExtendSeconds: 60,
  startPaused: false,
  phoneLossGraceSeconds: 10,
  phoneStableSeconds: 10,
  missedCallsBeforeSuspend: 3,
  failedCallsBeforeSuspend: 2,
  secondLogin: "resume",
  takeoverByAsking: true,
  takeoverAnswerSeconds: 60,
  promptLanguage: null,
  emergencyNumbers: ["112", "113", "115", "118"],
  idleTelephonesMayCall: "internal",
  transferCodes: "two-stars",
  askedRingSeconds: 20,
  pinAttempts: 3,
  pinLockMinutes: 15,
  remoteCallingNumber: false,
  httpBlockAllowed: [],
  databaseBlockAllowed: [],
  projectRunDays: 90,
  recordingRetentionDays: 180,
  voicemailRetentionDays: 180,
  agentsHearOwnCalls: false,
  callMonthsKept: null,
  journalMonthsKept: null,
};
