import type { Static } from "typebox";
import type { Project, ProjectBody } from "../../contract/project-views.ts";
import type { Problem } from "../../contract/refusal.ts";
import type {
  Agent,
  AgentBody,
  AskedFor,
  Calendar,
  CalendarBody,
  CallLimit,
  CallLimitBody,
  Choices,
  Contact,
  ContactBody,
  ContactList,
  DataQuery,
  DataQueryBody,
  Delivery,
  Destination,
  DisposeItemBody,
  Disposition,
  HouseSecret,
  HouseSecretBody,
  InboundRoute,
  InboundRouteBody,
  Item,
  ItemDetails,
  ItemQuery,
  Leg,
  Me,
  MissedCall,
  OutboundRoute,
  OutboundRouteBody,
  Pause,
  Prompt,
  PromptBody,
  PromptCall,
  PromptLanguage,
  Queue,
  QueueBody,
  RecordingComment,
  RecordingDetails,
  RecordingRow,
  ReportAnswer,
  ReportAsked,
  ReportCallRow,
  ReportDescription,
  SavedFilter,
  Session,
  Team,
  TeamBody,
  Telephone,
  TelephoneBody,
  ToDispose,
  TransferBody,
  Trunk,
  TrunkBody,
  User,
  UserBody,
  Why,
} from "../../contract/views.ts";
import { RefusalError, UnreachableError } from "./refusal-error.ts";

/** A page of a list; `next` is the cursor of the following page. */
export interface Page<Row> {
  rows: Row[];
  next: string | null;
}

/** What a collection's rows look like, and what is sent to make one. */
export interface Collections {
  agents: { row: Agent; body: AgentBody };
  telephones: { row: Telephone; body: TelephoneBody };
  users: { row: User; body: Static<typeof UserBody> };
  queues: { row: Queue; body: QueueBody };
  teams: { row: Team; body: TeamBody };
  projects: { row: Project; body: ProjectBody };
  pauses: { row: Pause; body: { name: string } };
  dispositions: { row: Disposition; body: { name: string; parentId?: number | null } };
  prompts: { row: Prompt; body: PromptBody };
  trunks: { row: Trunk; body: TrunkBody };
  secrets: { row: HouseSecret; body: HouseSecretBody };
  "data-queries": { row: DataQuery; body: DataQueryBody };
  calendars: { row: Calendar; body: CalendarBody };
  "call-limits": { row: CallLimit; body: CallLimitBody };
  "inbound-routes": { row: InboundRoute; body: Static<typeof InboundRouteBody> };
  "outbound-routes": { row: OutboundRoute; body: Static<typeof OutboundRouteBody> };
  contacts: { row: Contact; body: ContactBody };
  "contact-lists": { row: ContactList; body: { name: string } };
}
export type Collection = keyof Collections;
export type RowOf<C extends Collection> = Collections[C]["row"];
export type BodyOf<C extends Collection> = Collections[C]["body"];

export type Query = Record<string, string | number | boolean | null | undefined>;
type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** No answer after this long is no answer. */
const PATIENCE_MS = 15_000;
/** A file may be on its way for longer. */
const FILE_PATIENCE_MS = 60_000;

/**
 * The desktop's one way to ask. Every function gives what the contract promises, throws `RefusalError` where the
 * server said no, and `UnreachableError` where nobody answered.
 */
export function createApi(fetcher: Fetch = (input, init) => fetch(input, init), base = "/api/v1") {
  async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetched(method, path, body);
    if (answer.status === 204) return undefined as Answer;
    const text = await answer.text().catch(() => {
      throw new UnreachableError();
    });
    const value = parsed(text);
    if (answer.ok && (value !== undefined || text === "")) return value as Answer;
    if (isProblem(value)) throw new RefusalError(value);
    throw new UnreachableError();
  }

  async function fetched(method: string, path: string, body: unknown): Promise<Response> {
    const isFile = body instanceof Blob;
    const type = isFile ? "application/octet-stream" : "application/json";
    const init: RequestInit = {
      method,
      credentials: "same-origin",
      signal: AbortSignal.timeout(isFile ? FILE_PATIENCE_MS : PATIENCE_MS),
      headers: body === undefined ? {} : { "content-type": type },
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    };
    try {
      return await fetcher(`${base}${path}`, init);
    } catch {
      throw new UnreachableError();
    }
  }

  const get = <Answer>(path: string, query: Query = {}) => ask<Answer>("GET", withQuery(path, query));
  const post = <Answer>(path: string, body?: unknown) => ask<Answer>("POST", path, body ?? {});

  return {
    get,
    post,
    patch: <Answer>(path: string, body: unknown) => ask<Answer>("PATCH", path, body),
    put: <Answer>(path: string, body: unknown) => ask<Answer>("PUT", path, body),
    delete: (path: string) => ask<void>("DELETE", path),

    /** One page of a collection. */
    list: <C extends Collection>(collection: C, query?: Query) => get<Page<RowOf<C>>>(`/${collection}`, query),
    one: <C extends Collection>(collection: C, id: number) => get<RowOf<C>>(`/${collection}/${id}`),
    create: <C extends Collection>(collection: C, body: BodyOf<C>) => post<RowOf<C>>(`/${collection}`, body),
    change: <C extends Collection>(collection: C, id: number, body: Partial<BodyOf<C>>) =>
      ask<RowOf<C>>("PATCH", `/${collection}/${id}`, body),
    remove: (collection: Collection, id: number) => ask<void>("DELETE", `/${collection}/${id}`),

    me: () => get<Me>("/me"),
    signIn: (username: string, password: string) => post<{ token: string; me: Me }>("/sign-in", { username, password }),
    signOut: () => post<void>("/sign-out"),

    choices: () => get<Choices>("/telephones/choices"),
    logIn: (body: { telephoneId?: number; confirmTakeover?: boolean; remote?: boolean }) =>
      post<Session>("/session", body),
    logOut: () => ask<void>("DELETE", "/session"),
    changeTelephone: (body: { telephoneId: number; confirmTakeover?: boolean }) =>
      ask<Session>("PUT", "/session/telephone", body),
    pause: (reason: string) => post<Session>("/session/pause", { reason }),
    resume: () => ask<Session>("DELETE", "/session/pause"),
    endWrapUp: () => ask<Session>("DELETE", "/session/wrap-up"),
    extendWrapUp: () => post<Session>("/session/wrap-up/extend"),
    acknowledgeAlarm: (id: number) => post<void>(`/supervision/alarms/${id}/acknowledge`),
    askForTelephone: (telephoneId: number) => post<AskedFor>(`/telephones/${telephoneId}/ask`),
    withdrawAsking: () => ask<void>("DELETE", "/telephones/asked"),
    answerTakeover: (requestId: number, answer: "give" | "keep") =>
      post<unknown>(`/session/takeover-request/${requestId}`, { answer }),

    currentCalls: () => get<Page<Leg>>("/calls/current"),
    toDispose: () => get<Page<ToDispose>>("/calls/to-dispose"),
    missedCalls: (query: { from: string }) => get<Page<MissedCall>>("/calls/missed", query),
    voiceCalls: (query?: Query) => get<Page<ReportCallRow>>("/voice-calls", query),
    dispose: (legId: string, body: { disposition: string[]; contactId?: number | null; note?: string | null }) =>
      post<unknown>(`/calls/${encodeURIComponent(legId)}/disposition`, body),
    hold: (legId: string) => post<unknown>(`/calls/${encodeURIComponent(legId)}/hold`),
    takeBack: (legId: string) => post<unknown>(`/calls/${encodeURIComponent(legId)}/resume`),
    transfer: (legId: string, to: string, kind: TransferBody["kind"]) =>
      post<unknown>(`/calls/${encodeURIComponent(legId)}/transfer`, { to, kind }),
    handOver: (legId: string) => post<unknown>(`/calls/${encodeURIComponent(legId)}/transfer/complete`),
    stopAsking: (legId: string) => post<unknown>(`/calls/${encodeURIComponent(legId)}/transfer/cancel`),
    park: (legId: string) => post<{ code: string }>(`/calls/${encodeURIComponent(legId)}/park`),
    /** Whom a call can be sent to. */
    destinations: (q: string) => get<Page<Destination>>("/calls/destinations", { q }),
    hangUp: (legId: string) => post<unknown>(`/calls/${encodeURIComponent(legId)}/hangup`),
    dial: (to: string) => post<unknown>("/calls", { to }),

    pauseRecording: (legId: string) => post<void>(`/calls/${encodeURIComponent(legId)}/recording/pause`),
    resumeRecording: (legId: string) => post<void>(`/calls/${encodeURIComponent(legId)}/recording/resume`),
    recordings: (query?: Query) => get<Page<RecordingRow>>("/recordings", query),
    recording: (id: number) => get<RecordingDetails>(`/recordings/${id}`),
    rateRecording: (id: number, rating: number | null) =>
      ask<RecordingDetails>("PUT", `/recordings/${id}/rating`, { rating }),
    commentRecording: (id: number, body: { text: string; placeMs?: number | null }) =>
      post<Page<RecordingComment>>(`/recordings/${id}/comments`, body),
    removeRecordingComment: (id: number, commentId: number) =>
      ask<Page<RecordingComment>>("DELETE", `/recordings/${id}/comments/${commentId}`),
    removeRecording: (id: number) => ask<void>("DELETE", `/recordings/${id}`),

    items: (query: ItemQuery) => get<Page<Item>>("/items", query),
    item: (id: number) => get<ItemDetails>(`/items/${id}`),
    takeItem: (id: number) => post<unknown>(`/items/${id}/take`),
    giveBackItem: (id: number) => post<unknown>(`/items/${id}/give-back`),
    assignItem: (id: number, agentId: number) => post<unknown>(`/items/${id}/assign`, { agentId }),
    /** Calls the number of an item from my telephone; the attempt is written down. */
    callItem: (id: number) => post<unknown>(`/items/${id}/call`),
    disposeItem: (id: number, body: DisposeItemBody) => post<unknown>(`/items/${id}/disposition`, body),
    reopenItem: (id: number) => post<unknown>(`/items/${id}/reopen`),
    removeMessage: (id: number) => ask<void>("DELETE", `/items/${id}/audio`),

    bringVoice: (promptId: number, language: PromptLanguage, file: Blob, fileName: string | null) =>
      ask<Prompt>("PUT", withQuery(`/prompts/${promptId}/voices/${language}/audio`, { fileName }), file),
    writeVoice: (promptId: number, language: PromptLanguage, text: string) =>
      ask<Prompt>("PUT", `/prompts/${promptId}/voices/${language}/text`, { text }),
    sayVoice: (promptId: number, language: PromptLanguage, telephoneId: number) =>
      post<PromptCall>(`/prompts/${promptId}/voices/${language}/call`, { telephoneId }),
    removeVoice: (promptId: number, language: PromptLanguage) =>
      ask<void>("DELETE", `/prompts/${promptId}/voices/${language}`),

    reportCall: (query?: Query) => get<Page<ReportCallRow>>("/reports/report-call", query),
    reports: () => get<Page<ReportDescription>>("/reports"),
    report: (name: string, asked: ReportAsked, cursor: string | null = null) =>
      get<ReportAnswer>(`/reports/${name}`, { ...asked, cursor }),
    savedFilters: () => get<Page<SavedFilter>>("/saved-filters"),
    deliveries: () => get<Page<Delivery>>("/deliveries"),
    why: (id: string) => get<Why>(`/reports/report-call/${encodeURIComponent(id)}/why`),
  };
}

/** The address with the parameters that have a value. */
export function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === null || value === "" ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && "title" in value;
}
