import type { Contact, LiveLegFound } from "../server/telephony.ts";

/** A telephone's contact of which nothing more is known. */
export const paperContact = (endpoint: string, registered: boolean): Contact => ({
  endpoint,
  registered,
  address: null,
  roundTripMs: null,
  userAgent: null,
});

/** A telephone that rings, of a call of its own. */
export const paperFoundLeg = (channelId: string, endpoint: string, more: Partial<LiveLegFound> = {}): LiveLegFound => ({
  channelId,
  linkedId: channelId,
  endpoint,
  direction: "to-telephone",
  other: { number: "", name: "" },
  queueId: null,
  outside: null,
  at: new Date(0),
  answeredAt: null,
  held: false,
  ...more,
});
