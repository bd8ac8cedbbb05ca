/** Every code a refusal can carry, with the HTTP status it travels under. Stable: programs depend on them. */
export const REFUSALS = {
  "request.invalid": 400,
  "request.too-large": 413,
  "sign-in.refused": 401,
  "sign-in.required": 401,
  "sign-in.too-many": 429,
  "request.too-many": 429,
  "not-permitted": 403,
  "not-found": 404,
  "agent.hotdesk-needs-external": 400,
  "staff.username-taken": 409,
  "staff.internal-taken": 409,
  "staff.last-admin": 409,
  "staff.in-use": 409,
  "name.taken": 409,
  "reference.unknown": 400,
  "reference.in-use": 409,
  "telephone.required": 409,
  "telephone.unknown": 404,
  "telephone.held": 409,
  "telephone.not-registered": 409,
  "telephone.disabled": 409,
  "telephone.personal": 409,
  "telephone.on-call": 409,
  "telephone.being-tested": 409,
  "telephones.not-all": 409,
  "session.already-open": 409,
  "session.none": 404,
  "session.not-an-agent": 403,
  "session.no-telephone": 409,
  "session.remote-by-phone": 409,
  "takeover.off": 403,
  "takeover.asked-already": 409,
  "takeover.nobody-to-ask": 409,
  "takeover.over": 409,
  "takeover.nobody-asks": 409,
  "sign-in.elsewhere": 409,
  "pause.unknown-reason": 400,
  "pause.team-full": 409,
  "pause.not-yours": 409,
  "wrap-up.none": 409,
  "wrap-up.extended": 409,
  "wrap-up.longest": 409,
  "disposition.unknown": 400,
  "disposition.not-yours": 403,
  "disposition.too-late": 409,
  "call.unknown": 404,
  "call.gone": 409,
  "call.no-route": 409,
  "mail.failed": 502,
  "telephony.refused": 502,
  "telephony.unavailable": 503,
  "database.unavailable": 503,
  fault: 500,
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** A refusal on the wire: a problem document (RFC 9457) with its facts as extension members. */
export interface Problem {
  type: string;
  code: RefusalCode;
  title: string;
  status: number;
  [fact: string]: unknown;
}
