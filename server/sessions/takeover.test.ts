import { describe, expect, it } from "vitest";
import { Refusal } from "../refusal.ts";
import type { Holder, TelephoneFacts } from "./lease.ts";
import {
  type AskFacts,
  decideAsk,
  isOpenRequest,
  nextRequest,
  type RequestEvent,
  type RequestState,
  whyOf,
} from "./takeover.ts";

const events: RequestEvent[] = [
  ...(["promised", "hand-over", "keep", "late", "withdrawn", "away", "fell-through", "redirected"] as const),
];
const EXPIRED = Array<RequestState>(4).fill("expired");

describe("a request for a telephone", () => {
  it.each<[RequestState, RequestState[]]>([
    ["waiting", ["when-call-ends", "given", "kept", "expired", ...EXPIRED]],
    ["when-call-ends", ["when-call-ends", "given", "when-call-ends", "when-call-ends", ...EXPIRED]],
    ["given", Array(8).fill("given")],
    ["kept", Array(8).fill("kept")],
    ["expired", Array(8).fill("expired")],
  ])("that is %s goes on so", (state, after) => {
    expect(events.map((event) => nextRequest(state, event))).toEqual(after);
    if (!isOpenRequest(state)) expect(new Set(after)).toEqual(new Set([state]));
  });

  it("that came to nothing is explained, and only that", () => {
    expect(events.map((event) => whyOf("waiting", event))).toEqual([
      ...[null, null, null, "no-answer", "withdrawn", "away", "not-possible", "given-to-another"],
    ]);
    expect(whyOf("when-call-ends", "late")).toBeNull();
  });
});

const holder: Holder = {
  agentId: 9,
  agentName: "Anna Rossi",
  sessionId: 90,
  since: new Date("2026-03-02T07:58:00Z"),
  unattendedSince: null,
  freeAt: null,
};
const desk: TelephoneFacts = {
  id: 12,
  name: "Desk 12",
  endpoint: "desk12",
  enabled: true,
  line: "sip",
  ownerAgentId: null,
  registered: true,
  onCall: false,
  holder,
};
const facts: AskFacts = {
  allowed: true,
  agent: { id: 1, typology: "external", hotdesk: true, remoteAllowed: false },
  onCall: false,
  telephone: desk,
  holderWithoutDesktop: false,
  asking: null,
  now: new Date("2026-03-02T08:00:00Z"),
  timeZone: "Europe/Rome",
};

describe("asking for a telephone", () => {
  it.each<[string, Partial<AskFacts>, string]>([
    ["is possible where somebody holds it", {}, "ask"],
    ["is possible during a call of its holder's", { telephone: { ...desk, onCall: true } }, "ask"],
    ["is not where the house does not want it", { allowed: false }, "takeover.off"],
    ["needs one that exists", { telephone: "unknown" }, "telephone.unknown"],
    ["is for hotdesk", { agent: { ...facts.agent, hotdesk: false } }, "telephone.personal"],
    ["is not for somebody's own", { telephone: { ...desk, ownerAgentId: 9 } }, "telephone.personal"],
    ["is not for one that is switched off", { telephone: { ...desk, enabled: false } }, "telephone.disabled"],
    ["is not for who talks himself", { onCall: true }, "telephone.on-call"],
    ["is not needed for a free one", { telephone: { ...desk, holder: null } }, "takeover.nobody-to-ask"],
    [
      "is not needed for his own",
      { telephone: { ...desk, holder: { ...holder, agentId: 1 } } },
      "takeover.nobody-to-ask",
    ],
    ["needs a holder with a screen", { holderWithoutDesktop: true }, "takeover.nobody-to-ask"],
    ["is for one at a time", { asking: { telephoneName: "Desk 3" } }, "takeover.asked-already"],
  ])("%s", (_, over, expected) => {
    const answer = decideAsk({ ...facts, ...over });
    expect(answer instanceof Refusal ? answer.code : answer).toBe(expected);
  });

  it("somebody who has gone says when the telephone is free instead", () => {
    const gone = {
      ...holder,
      unattendedSince: new Date("2026-03-02T07:58:00Z"),
      freeAt: new Date("2026-03-02T08:13:00Z"),
    };
    expect(decideAsk({ ...facts, telephone: { ...desk, holder: gone } })).toMatchObject({
      code: "telephone.held",
      title: "Desk 12 is busy: held by Anna Rossi since 08:58, did not log out; free at 09:13.",
      facts: { freeAt: "2026-03-02T08:13:00.000Z" },
    });
  });
});
