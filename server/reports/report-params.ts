import type { ReportParam } from "../../contract/views.ts";

const choices = (of: Record<string, string>) => Object.entries(of).map(([value, label]) => ({ value, label }));

/** The bounds that waits are counted by (`queue_slots`), in seconds. Only these make a service level exact. */
export const WAIT_BOUNDS_S = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600] as const;

const DAYS = choices({ "1": "1 day", "3": "3 days", "7": "7 days", "14": "14 days", "30": "30 days" });

/** By what reports can be narrowed, or reckoned differently; each says which of these it knows. */
const PARAMS = {
  queueId: { title: "Queue", kind: "queue", choices: [], otherwise: "" },
  agentId: { title: "Agent", kind: "agent", choices: [], otherwise: "" },
  telephoneId: { title: "Telephone", kind: "telephone", choices: [], otherwise: "" },
  number: { title: "Number", kind: "text", choices: [], otherwise: "" },
  type: {
    title: "Type",
    kind: "choice",
    choices: choices({ inbound: "Inbound", outbound: "Outbound", internal: "Internal" }),
    otherwise: "",
  },
  outcome: {
    title: "Outcome",
    kind: "choice",
    choices: choices({
      answered: "Answered",
      "not-answered": "Not answered",
      abandoned: "Abandoned",
      timeout: "Waited too long",
      other: "Left otherwise",
      "asked-back": "Asked to be called back",
      unmanaged: "Unmanaged",
    }),
    otherwise: "",
  },
  itemKind: {
    title: "Kind",
    kind: "choice",
    choices: choices({ voicemail: "Voicemails", callback: "Callbacks" }),
    otherwise: "",
  },
  itemState: {
    title: "State",
    kind: "choice",
    choices: choices({ waiting: "Open or taken", open: "Open", taken: "Taken", done: "Done" }),
    otherwise: "",
  },
  threshold: {
    title: "Service level within",
    kind: "choice",
    choices: WAIT_BOUNDS_S.map((bound) => ({ value: String(bound), label: `${bound} s` })),
    otherwise: "20",
  },
  backWithin: { title: "Called back within", kind: "choice", choices: DAYS, otherwise: "1" },
  resolvedWithin: { title: "No other call for", kind: "choice", choices: DAYS, otherwise: "7" },
  cause: {
    title: "Cause",
    kind: "choice",
    choices: choices({
      break: "Break",
      "wrap-up": "Wrap-up",
      "phone-lost": "Suspended",
      supervisor: "By a supervisor",
      "login-in-pause": "Login in pause",
      capacity: "Capacity",
    }),
    otherwise: "",
  },
  pool: {
    title: "Telephones",
    kind: "choice",
    choices: choices({ shared: "Shared ones", personal: "Personal ones", all: "All" }),
    otherwise: "shared",
  },
  levels: {
    title: "Levels",
    kind: "choice",
    choices: choices({ "1": "First", "2": "Two", "3": "All three" }),
    otherwise: "3",
  },
  called: {
    title: "Called",
    kind: "choice",
    choices: choices({
      "2": "Twice or more",
      "3": "3 times or more",
      "5": "5 times or more",
      "10": "10 times or more",
    }),
    otherwise: "2",
  },
} as const satisfies Record<
  string,
  Omit<ReportParam, "key" | "choices"> & { choices: readonly { value: string; label: string }[] }
>;

export type ParamName = keyof typeof PARAMS;
export const PARAM_NAMES = Object.keys(PARAMS) as ParamName[];

/** A param in words. */
export function paramView(key: ParamName): ReportParam {
  const { title, kind, choices: some, otherwise } = PARAMS[key];
  return { key, title, kind, choices: [...some], otherwise };
}

/** What is said for a param, or what counts where nothing is; null where it is none of the choices. */
export function choiceOf(key: ParamName, said: string | undefined): string | null {
  const { kind, choices: some, otherwise } = PARAMS[key];
  if (said === undefined || said === "") return otherwise;
  if (kind !== "choice") return said;
  const known: readonly { value: string }[] = some;
  return known.some(({ value }) => value === said) ? said : null;
}
