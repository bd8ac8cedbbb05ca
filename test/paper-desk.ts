import type { Snapshot } from "../contract/snapshot.ts";
import type { Leg, PauseCause, Session, Telephone, ToDispose } from "../contract/views.ts";

/** When everything on the paper desk began, unless a test says otherwise. */
export const SINCE = "2026-03-02T09:00:00.000Z";

type Cause = Session["causes"][number];

/** An open pause cause. */
export const paperCause = (cause: PauseCause, over: Partial<Cause> = {}): Cause => ({
  cause,
  reason: null,
  by: null,
  since: SINCE,
  dueAt: null,
  ...over,
});

/** A session at Desk 12, whose telephone is well. */
export const paperSession = (causes: Cause[] = [], over: Partial<Session> = {}): Session => ({
  id: 1,
  agentId: 5,
  startedAt: SINCE,
  telephone: { id: 12, name: "Desk 12", internal: "2012", place: "Floor 1", registered: true },
  state: causes.length === 0 ? "ready" : "paused",
  since: SINCE,
  causes,
  pendingBreak: null,
  wrapUpExtendable: false,
  takeoverRequest: null,
  phone: { registered: true, lostSince: null, why: null, resumesAt: null },
  desktop: { connected: true, lostSince: null },
  unattendedSince: null,
  ...over,
});

/** A call of +39 055 123 4567 on the telephone of Desk 12. */
export const paperLeg = (legId: string, state: Leg["state"], over: Partial<Leg> = {}): Leg => ({
  legId,
  linkedId: `c${legId}`,
  telephoneId: 12,
  type: "inbound",
  state,
  number: "+390551234567",
  name: "",
  contact: null,
  queue: null,
  startedAt: SINCE,
  answeredAt: state === "ringing" || state === "dialling" ? null : SINCE,
  endedAt: state === "ended" ? SINCE : null,
  hand: state === "held" ? { heldBy: "telephone", asks: null, asked: null } : null,
  ...over,
});

/** A call that waits for its outcome. */
export const paperWaiting = (legId: string): ToDispose => ({
  legId,
  linkedId: `c${legId}`,
  type: "inbound",
  number: "100",
  name: "",
  contact: null,
  queue: null,
  startedAt: SINCE,
  answeredAt: SINCE,
  endedAt: SINCE,
  billableS: 3,
});

/** What Luca's desktop knows: a session, and nothing that goes on. */
export const paperDesk = (over: Partial<Snapshot> = {}): Snapshot => ({
  me: { id: 5, fullName: "Luca", username: "luca", role: "agent", internal: null, typology: "external", hotdesk: true },
  serverNow: SINCE,
  telephony: "up",
  session: paperSession(),
  ended: null,
  askedFor: null,
  legs: [],
  toDispose: [],
  choices: null,
  queues: [],
  items: { revision: 1, open: 0, taken: 0, left: 0, queues: [], agents: null },
  agents: null,
  ...over,
});

/** Desk 1 of the pool, which never registered. */
export const paperPoolTelephone = (over: Partial<Telephone> = {}): Telephone => ({
  id: 2,
  fullName: "Desk 1",
  username: "desk1",
  enabled: true,
  createdAt: SINCE,
  internal: null,
  place: null,
  ownerAgentId: null,
  model: null,
  roundTripMs: null,
  userAgent: null,
  modelSeen: null,
  lastUnclean: null,
  lastTest: null,
  registered: false,
  address: null,
  heldBy: null,
  ...over,
});
