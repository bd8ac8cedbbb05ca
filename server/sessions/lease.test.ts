import { describe, expect, it } from "vitest";
import { Refusal } from "../refusal.ts";
import { decideLogin, decideMove, type Holder, type LoginFacts, type TelephoneFacts } from "./lease.ts";

const holder: Holder = {
  agentId: 9,
  agentName: "Anna Rossi",
  sessionId: 90,
  since: new Date("2026-03-02T07:58:00Z"),
  unattendedSince: null,
  freeAt: null,
};
const forgotten: Holder = {
  ...holder,
  unattendedSince: new Date("2026-03-02T07:58:00Z"),
  freeAt: new Date("2026-03-02T08:13:00Z"),
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
  holder: null,
};
const own: TelephoneFacts = { ...desk, id: 20, name: "Luca's own", ownerAgentId: 1 };
const facts: LoginFacts = {
  agent: { id: 1, typology: "external", hotdesk: true, remoteAllowed: false },
  open: null,
  asked: desk,
  remote: false,
  number: null,
  ways: [],
  personal: [],
  noneRegistered: false,
  confirmTakeover: false,
  givenBy: null,
  now: new Date("2026-03-02T08:00:00Z"),
  timeZone: "Europe/Rome",
};
const noHotdesk = { id: 1, typology: "external" as const, hotdesk: false, remoteAllowed: false };
const line: TelephoneFacts = { ...desk, id: 30, name: "Mobile 00347", ownerAgentId: 1, line: "remote" };
const rita: LoginFacts = {
  ...facts,
  agent: { id: 1, typology: "remote", hotdesk: false, remoteAllowed: false },
  asked: null,
  personal: [line],
  number: "00347",
  ways: ["1X", "0X."],
};
const anywhere = { ...facts.agent, remoteAllowed: true };
const outcome = (answer: ReturnType<typeof decideLogin> | "stay") => {
  if (answer === "stay") return "stay";
  if (answer instanceof Refusal) return answer.code;
  return answer.takeOverFrom === null ? `take ${answer.telephone.id}` : `take ${answer.telephone.id} over`;
};

describe("a login", () => {
  it.each<[string, Partial<LoginFacts>, string]>([
    ["takes a free telephone", {}, "take 12"],
    ["must choose, with hotdesk", { asked: null }, "telephone.required"],
    ["must choose one that exists", { asked: "unknown" }, "telephone.unknown"],
    ["is one at a time", { open: { since: new Date(0), telephone: desk } }, "session.already-open"],
    ["of a remote agent is at his number", rita, "take 30"],
    ["of a remote agent is at his number, whatever he owns beside it", { ...rita, personal: [own, line] }, "take 30"],
    ["of a remote agent is at no telephone", { ...rita, asked: desk }, "telephone.personal"],
    ["of a remote agent needs a number", { ...rita, number: null }, "session.no-telephone"],
    ["of a remote agent without a line is refused", { ...rita, personal: [] }, "session.no-telephone"],
    ["of a remote agent needs a way to his number", { ...rita, ways: ["1X"] }, "session.remote-unreachable"],
    ["of a remote agent is one at a time", { ...rita, personal: [{ ...line, holder }] }, "telephone.held"],
    [
      "at a number outside needs permission",
      { ...rita, agent: facts.agent, remote: true },
      "session.remote-not-permitted",
    ],
    ["at a number outside is chosen by who may do both", { ...rita, agent: anywhere, remote: true }, "take 30"],
    ["at a number outside is chosen in the list too", { ...rita, agent: anywhere, asked: line }, "take 30"],
    ["at a telephone is chosen by who may do both", { ...rita, agent: anywhere, asked: desk }, "take 12"],
    ["without a choice is not at a number outside", { ...rita, agent: anywhere }, "telephone.required"],
    [
      "without hotdesk is not at a number outside unless he says so",
      { ...rita, agent: { ...noHotdesk, remoteAllowed: true } },
      "session.no-telephone",
    ],
    ["takes his own telephone without hotdesk", { agent: noHotdesk, asked: null, personal: [own] }, "take 20"],
    [
      "prefers an enabled one of his own",
      { agent: noHotdesk, asked: null, personal: [{ ...own, id: 19, enabled: false }, own] },
      "take 20",
    ],
    ["needs a telephone of his own without hotdesk", { agent: noHotdesk, asked: null }, "session.no-telephone"],
    ["gets no shared telephone without hotdesk", { agent: noHotdesk, personal: [own] }, "telephone.personal"],
    ["gets nobody else's telephone", { asked: { ...desk, ownerAgentId: 9 } }, "telephone.personal"],
    ["may sit at his own with hotdesk", { asked: own }, "take 20"],
    ["gets no disabled one", { asked: { ...desk, enabled: false } }, "telephone.disabled"],
    [
      "gets no disabled one even when none is registered",
      { asked: { ...desk, enabled: false }, noneRegistered: true },
      "telephone.disabled",
    ],
    ["gets none that is not registered", { asked: { ...desk, registered: false } }, "telephone.not-registered"],
    ["gets any when none is registered", { asked: { ...desk, registered: false }, noneRegistered: true }, "take 12"],
    ["gets no held one", { asked: { ...desk, holder } }, "telephone.held"],
    ["gets no held one by confirming alone", { asked: { ...desk, holder }, confirmTakeover: true }, "telephone.held"],
    [
      "is asked before it takes a held one over",
      { asked: { ...desk, holder }, noneRegistered: true },
      "telephone.held",
    ],
    [
      "takes a held one over when none is registered and it was confirmed",
      { asked: { ...desk, holder }, noneRegistered: true, confirmTakeover: true },
      "take 12 over",
    ],
    ["gets a held one that its holder gives him", { asked: { ...desk, holder }, givenBy: 90 }, "take 12 over"],
    ["gets none that another session gave", { asked: { ...desk, holder }, givenBy: 91 }, "telephone.held"],
    [
      "gets none that is given to him and not registered",
      { asked: { ...desk, holder, registered: false }, givenBy: 90 },
      "telephone.not-registered",
    ],
    [
      "gets none that is given to him during a call",
      { asked: { ...desk, holder, onCall: true }, givenBy: 90 },
      "telephone.on-call",
    ],
    [
      "takes nothing away from under a conversation",
      { asked: { ...desk, holder, onCall: true }, noneRegistered: true, confirmTakeover: true },
      "telephone.on-call",
    ],
  ])("%s", (_, over, expected) => {
    expect(outcome(decideLogin({ ...facts, ...over }))).toBe(expected);
  });

  it("says who holds the telephone, since when, that he forgot to log out, and when it is free", () => {
    expect(decideLogin({ ...facts, asked: { ...desk, holder: forgotten } })).toMatchObject({
      title: "Desk 12 is busy: held by Anna Rossi since 08:58, did not log out; free at 09:13.",
      facts: {
        heldBy: { id: 9, name: "Anna Rossi", since: "2026-03-02T07:58:00.000Z" },
        freeAt: "2026-03-02T08:13:00.000Z",
        notLoggedOut: true,
      },
    });
  });

  it("says the day when it was another one", () => {
    const asked = { ...desk, holder: { ...holder, since: new Date("2026-03-01T07:58:00Z") } };
    expect(decideLogin({ ...facts, asked })).toMatchObject({
      title: "Desk 12 is busy: held by Anna Rossi since 1 Mar, 08:58.",
    });
  });
});

describe("moving", () => {
  const { open: _, personal: __, remote: ___, number: ____, ways: _____, ...rest } = facts;
  const move = { ...rest, current: { id: 5, name: "Desk 5", onCall: false } };
  it.each<[string, Partial<typeof move>, string]>([
    ["takes a free telephone", {}, "take 12"],
    ["to where he sits is nothing", { current: { ...move.current, id: 12 } }, "stay"],
    ["waits for the end of a call", { current: { ...move.current, onCall: true } }, "telephone.on-call"],
    ["goes by the same rule as login", { asked: { ...desk, holder } }, "telephone.held"],
    ["without hotdesk is among his own", { agent: noHotdesk }, "telephone.personal"],
    ["to a number outside needs permission", { asked: line }, "telephone.personal"],
    ["to a number outside is for who may", { asked: line, agent: anywhere }, "take 30"],
    ["of a remote agent leads to no telephone", { asked: own, agent: rita.agent }, "telephone.personal"],
  ])("%s", (_name, over, expected) => {
    expect(outcome(decideMove({ ...move, ...over }))).toBe(expected);
  });
});
