import { expect, test } from "vitest";
import { factsOf, recordedLines } from "../../test/journal-fixture.ts";
import { foldCall, foldLanes } from "../calls/call-fold.ts";
import type { FoldedLane } from "../calls/folded-call.ts";
import { joinLanes, type PartyNames, partiesOf, transferringParty } from "./call-parties.ts";

const nobody: PartyNames = { telephoneOf: () => undefined, leases: [], queues: new Map() };
const inbound = { legId: null, type: "inbound", destination: "0550000900" } as const;

/** The call of a recorded journal that its first line is of. */
function recorded(name: string) {
  const facts = factsOf(recordedLines(name));
  const ofCall = facts.filter(({ linkedId }) => linkedId === facts[0]?.linkedId);
  return { joined: joinLanes(foldLanes(ofCall)), transfers: foldCall(ofCall)?.transfers ?? [] };
}

const lane = (id: string, endpoint: string | null, fromS: number, toS: number | null): FoldedLane => {
  const [fromUs, toUs] = [fromS * 1e6, toS === null ? null : toS * 1e6];
  const spans: FoldedLane["spans"] = [{ kind: "rang", fromUs, toUs, with: [], queueId: null }];
  return { id, endpoint, number: "", name: "", fromUs, toUs, spans };
};

test("a telephone that is rung again and again is one party, and what it talked about leads to it", () => {
  const caller = lane("c", null, 0, 40);
  const last = lane("d3", "desk1", 30, 40);
  caller.spans = [{ kind: "talked", fromUs: 31e6, toUs: 40e6, with: ["d3"], queueId: null }];
  const joined = joinLanes([caller, lane("d1", "desk1", 1, 10), lane("d2", "desk1", 15, 25), last]);
  const parties = partiesOf(joined, nobody, { ...inbound, legId: "d3" });
  expect(parties.map(({ id, spans }) => [id, spans.map(({ own }) => own)])).toEqual([
    ["c", [false]],
    ["d1", [false, false, true]],
  ]);
  expect(parties[0]?.spans[0]?.with).toEqual(["d1"]);
});

test("a telephone in two connections at once stands there twice, and so do people outside", () => {
  const lanes = [lane("a", "desk1", 0, 9), lane("b", "desk1", 5, 9), lane("c", null, 0, 1), lane("d", null, 2, null)];
  expect(joinLanes(lanes)).toHaveLength(4);
});

test("parties have the names of the house, and of who sat there while they were in the call", () => {
  const names: PartyNames = {
    telephoneOf: (endpoint) =>
      endpoint === "desk13" ? undefined : { id: 12, name: "Desk 12", ownerName: endpoint === "desk12" ? "Ben" : null },
    leases: [],
    queues: new Map([[1, "Support"]]),
  };
  const { joined } = recorded("queue-attended-transfer");
  const parties = partiesOf(joined, names, inbound);
  expect(parties.map(({ kind, name, number, people }) => [kind, name, number, people])).toEqual([
    ["outside", "Maria Bianchi", "0551234567", []],
    ["telephone", "Desk 12", "1012", ["Ben"]],
    ["telephone", "desk13", "1013", []],
  ]);
  expect(parties[0]?.spans.map(({ doing, queue }) => [doing, queue])).toContainEqual(["waited", "Support"]);
  const from = Date.parse(parties[1]?.spans[0]?.from ?? "");
  const seat = (agentName: string, fromMs: number, toMs: number | null) => ({
    telephoneId: 12,
    agentName,
    fromMs,
    toMs,
  });
  const leases = [
    seat("Carla", from - 9000, from - 1),
    seat("Anna", from - 1, from + 99),
    seat("Luca", from + 100, null),
  ];
  expect(partiesOf(joined, { ...names, leases }, inbound)[1]?.people).toEqual(["Anna", "Luca"]);
});

test("who transferred is found by where and when", () => {
  const { joined, transfers } = recorded("queue-blind-transfer");
  const [transfer] = transfers;
  if (transfer === undefined) throw new Error("the recorded call was transferred");
  expect(joined.flat().find(({ id }) => id === transferringParty(joined, transfer))?.endpoint).toBe("desk1");
  expect(transferringParty(joined, { ...transfer, atUs: transfer.atUs - 60e6 })).toBeNull();
});

test("whom an outbound call was to reach is what was dialled", () => {
  const { joined } = recorded("outbound-answered");
  const row = { legId: null, type: "outbound", destination: "0555777" } as const;
  expect(partiesOf(joined, nobody, row).map(({ name }) => name)).toEqual(["desk1", "0555777"]);
  expect(partiesOf(joined, nobody, inbound).map(({ name }) => name)).toEqual(["desk1", "Outside"]);
});
