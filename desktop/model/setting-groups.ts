import type { Settings } from "../../contract/settings.ts";
import type { FieldWords } from "./form-fields.ts";

/** The settings under their headings, in the order an administrator meets their subjects. Each stands in one. */
export const SETTING_GROUPS: readonly { title: string; names: readonly (keyof Settings)[] }[] = [
  { title: "The house", names: ["houseName", "country", "timeZone", "firstDayOfWeek"] },
  {
    title: "Logging in and out",
    names: ["startPaused", "secondLogin", "disconnectionTimeoutMinutes", "takeoverByAsking", "takeoverAnswerSeconds"],
  },
  {
    title: "Telephones that are lost or not answered",
    names: ["phoneLossGraceSeconds", "phoneStableSeconds", "failedCallsBeforeSuspend", "missedCallsBeforeSuspend"],
  },
  {
    title: "After a call",
    names: ["wrapUpMaximumSeconds", "wrapUpExtendSeconds", "disposeDeadlineHours", "undisposedUser"],
  },
  {
    title: "Codes on a telephone",
    names: ["promptLanguage", "transferCodes", "askedRingSeconds", "pinAttempts", "pinLockMinutes"],
  },
  { title: "What telephones may call", names: ["emergencyNumbers", "idleTelephonesMayCall"] },
  { title: "IVR projects", names: ["httpBlockAllowed", "databaseBlockAllowed", "projectRunDays"] },
  { title: "How long calls are kept", names: ["callMonthsKept", "journalMonthsKept"] },
  { title: "Remote agents", names: ["remoteCallingNumber"] },
  { title: "Recordings", names: ["recordingRetentionDays", "agentsHearOwnCalls", "voicemailRetentionDays"] },
];

/** What stands beside the fields: shorter than the contract's titles, which are read without headings. */
export const SETTING_WORDS: Readonly<Partial<Record<keyof Settings, FieldWords>>> = {
  country: { label: "Country", hint: "A number written without a country is one of this country" },
  timeZone: { label: "Time zone", hint: "Days and times on screens and in reports are this zone’s" },
  firstDayOfWeek: { label: "First day of the week", hint: "Weeks in reports begin on it" },
  startPaused: { label: "Agents begin paused", hint: "Nothing rings after login until they press Ready" },
  secondLogin: { label: "Signing in at a second desktop", hint: "While the first one is open" },
  disconnectionTimeoutMinutes: {
    hint: "How long an agent whose desktop vanished keeps the telephone. Empty: until they or a supervisor end it",
    blank: "Never",
  },
  takeoverByAsking: {
    label: "Agents may ask for a held telephone",
    hint: "Its holder answers; a supervisor can give it in either case",
  },
  takeoverAnswerSeconds: {
    label: "Time to answer, seconds",
    hint: "Whoever does not answer such a request keeps the telephone",
  },
  phoneLossGraceSeconds: {
    label: "Telephone gone for less than, seconds",
    hint: "Nobody is suspended for it",
  },
  phoneStableSeconds: {
    label: "Telephone back for, seconds",
    hint: "Then its agent is offered calls again. Longer for a telephone that keeps going",
  },
  failedCallsBeforeSuspend: {
    label: "Calls in a row that do not reach the telephone",
    hint: "So many suspend its agent",
    blank: "Never",
  },
  missedCallsBeforeSuspend: {
    label: "Queue calls in a row that are not answered",
    hint: "So many suspend the agent until they press Ready",
    blank: "Never",
  },
  wrapUpMaximumSeconds: {
    label: "Longest wrap-up, seconds",
    hint: "Where a disposition is mandatory, wrap-up waits for it so long; then the call stands in To dispose",
  },
  wrapUpExtendSeconds: { label: "More wrap-up, seconds", hint: "What an agent can add to a wrap-up, once" },
  disposeDeadlineHours: {
    label: "Time to dispose a call, hours",
    hint: "From its end. After that only a supervisor can",
  },
  undisposedUser: {
    label: "User of a call that is not disposed",
    hint: "On a shared telephone. Who sat there is shown beside in either case",
  },
  promptLanguage: {
    label: "Language spoken",
    hint: "To agents who have none of their own",
    blank: "The country’s",
  },
  transferCodes: {
    label: "Keys for a transfer, in a call",
    hint: "With a number behind. A star that is meant for the other side comes a second late while keys are chosen",
  },
  askedRingSeconds: {
    label: "Who is asked by keys rings, seconds",
    hint: "Then the caller is back, or rings at the telephone that asked",
  },
  pinAttempts: { label: "Wrong PINs in a row", hint: "So many lock the number they were given for" },
  pinLockMinutes: { label: "Locked for, minutes", hint: "Unless an administrator unlocks it on the agent’s page" },
  emergencyNumbers: {
    hint: "Every telephone may call them, also one that nobody holds",
    shape: "2 to 8 digits each",
  },
  httpBlockAllowed: {
    label: "May reach in the house’s own network",
    hint: "crm.example.lan, 10.1.2.3:8080 or 10.1.0.0/16. Projects ask the internet in any case, and nothing else in here",
    shape: "A name, an address or a network, with :port or without",
  },
  databaseBlockAllowed: {
    label: "Databases may be at",
    hint: "db.example.lan:5432 or 10.1.0.0/16. Where nothing stands here, no database is asked",
    shape: "A name, an address or a network, with :port or without",
  },
  projectRunDays: {
    label: "Ways of callers kept for, days",
    hint: "Who was led where and what was pressed. How often each exit was taken stays",
  },
  voicemailRetentionDays: {
    label: "Messages of callers kept for, days",
    hint: "Those that were worked off. The item stays, what was said is removed for ever",
    blank: "Until somebody removes them",
  },
  recordingRetentionDays: {
    label: "Kept for, days",
    hint: "A queue may say otherwise. What is older is removed for ever",
    blank: "Until somebody removes them",
  },
  agentsHearOwnCalls: {
    label: "Agents may hear their own calls",
    hint: "Supervisors and administrators hear all; each play is in the audit log",
  },
  callMonthsKept: {
    label: "Calls are kept for, months",
    hint: "Older months are written into files and leave the reports; what figures they came to stays",
    blank: "For ever",
  },
  journalMonthsKept: {
    label: "Their journal is kept for, months",
    hint: "What the telephone system wrote, line by line; it can be read anew while it is kept",
    blank: "As long as the calls",
  },
  remoteCallingNumber: {
    label: "May be rung at the number they call from",
    hint: "Where their accounts say so. Perch rings it back first, and they say their PIN",
  },
  idleTelephonesMayCall: { label: "A shared telephone that nobody holds", hint: "Emergency numbers in either case" },
};

/** The words of the settings that are chosen from a few. */
export const SETTING_CHOICES = {
  secondLogin: {
    resume: "Both show the session",
    refuse: "The second one is turned away",
    "end-other": "The first one is signed out",
  },
  undisposedUser: { telephone: "The telephone", "seated-agent": "The agent who sat there" },
  promptLanguage: { en: "English", it: "Italian", es: "Spanish", fr: "French" },
  transferCodes: {
    off: "None",
    star: "*2 sends on, *3 asks first",
    "two-stars": "**2 sends on, **3 asks first",
  },
  idleTelephonesMayCall: { internal: "May call internal numbers", anything: "May call anything" },
} as const satisfies { [Name in keyof Settings]?: Readonly<Record<NonNullable<Settings[Name]> & string, string>> };
