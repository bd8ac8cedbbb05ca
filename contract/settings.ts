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
    disconnectionTimeoutMinutes: Type.Union([Type.Integer({ minimum: 1, maximum: 1440 }), Type.Null()], {
      title: "Disconnection timeout, minutes",
      description:
        "How long an agent whose desktop vanished keeps his telephone; null: until he or a supervisor ends it",
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
  disconnectionTimeoutMinutes: 15,
  undisposedUser: "telephone",
  disposeDeadlineHours: 24,
  wrapUpMaximumSeconds: 600,
  wrapUpExtendSeconds: 60,
  startPaused: false,
};
