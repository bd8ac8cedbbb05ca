import type { CallParty, ReportCallRow } from "../../contract/views.ts";
import type { FoldedLane, FoldedTransfer } from "../calls/folded-call.ts";

const END = Number.POSITIVE_INFINITY;

/** A telephone as it was called when somebody talked on it. */
export interface PartyTelephone {
  id: number;
  name: string;
  /** Whose personal telephone it is. */
  ownerName: string | null;
}

/** Who a call's endpoints and queues are. */
export interface PartyNames {
  telephoneOf(endpoint: string, atMs: number): PartyTelephone | undefined;
  /** In their order. */
  leases: readonly { telephoneId: number; agentName: string; fromMs: number; toMs: number | null }[];
  queues: ReadonlyMap<number, string>;
}

/**
 * The lanes of a call's connections, those of each party together: a telephone that a queue rang ten times is one party;
 * one that is in two connections at once stands there twice. Pure.
 */
export function joinLanes(lanes: readonly FoldedLane[]): FoldedLane[][] {
  const joined: FoldedLane[][] = [];
  for (const lane of lanes) {
    const before = joined.find((party) => {
      const last = party.at(-1);
      return lane.endpoint !== null && last?.endpoint === lane.endpoint && (last.toUs ?? END) <= lane.fromUs;
    });
    if (before === undefined) joined.push([lane]);
    else before.push(lane);
  }
  return joined;
}

/** Every party with what it did, as seen from the row that is looked at. Pure. */
export function partiesOf(
  joined: readonly FoldedLane[][],
  names: PartyNames,
  row: Pick<ReportCallRow, "legId" | "type" | "destination">,
): CallParty[] {
  const partyIds = new Map(joined.flatMap((lanes) => lanes.map(({ id }) => [id, lanes[0]?.id ?? id] as const)));
  const parties = joined.map((lanes) => partyOf(lanes, partyIds, names, row.legId));
  // A trunk is called without a number: whom it was to reach is what the telephone dialled.
  const nameless = parties.filter(({ kind, number, name }) => kind === "outside" && number === "" && name === "");
  const number = row.type === "outbound" && nameless.length === 1 ? row.destination : "";
  for (const party of nameless) Object.assign(party, { number, name: number === "" ? "Outside" : number });
  return parties;
}

/** The party that transferred; null where none of that name was there then. */
export function transferringParty(joined: readonly FoldedLane[][], by: FoldedTransfer): string | null {
  const party = joined.find((lanes) =>
    lanes.some((one) => one.endpoint === by.byEndpoint && one.fromUs <= by.atUs && by.atUs <= (one.toUs ?? END)),
  );
  return party?.[0]?.id ?? null;
}

function partyOf(
  lanes: readonly FoldedLane[],
  partyIds: ReadonlyMap<string, string>,
  names: PartyNames,
  legId: string | null,
): CallParty {
  const [first] = lanes;
  if (first === undefined) throw new Error("a party has a lane");
  const telephone = first.endpoint === null ? undefined : names.telephoneOf(first.endpoint, first.fromUs / 1000);
  const outside = first.name !== "" && first.name !== first.number ? first.name : first.number;
  return {
    id: first.id,
    kind: first.endpoint === null ? "outside" : "telephone",
    name: telephone?.name ?? first.endpoint ?? outside,
    number: first.number,
    telephoneId: telephone?.id ?? null,
    people: telephone === undefined ? [] : peopleAt(telephone, names, lanes),
    spans: lanes.flatMap((lane) =>
      lane.spans.map((span) => ({
        doing: span.kind,
        from: instantOf(span.fromUs),
        to: span.toUs === null ? null : instantOf(span.toUs),
        with: [...new Set(span.with.flatMap((id) => partyIds.get(id) ?? []))],
        queue: span.queueId === null ? null : (names.queues.get(span.queueId) ?? null),
        own: lane.id === legId,
      })),
    ),
  };
}

function peopleAt(telephone: PartyTelephone, names: PartyNames, lanes: readonly FoldedLane[]): string[] {
  const sat = names.leases.filter(
    (lease) =>
      lease.telephoneId === telephone.id &&
      lanes.some(
        ({ fromUs, toUs }) =>
          lease.fromMs <= (toUs ?? END) / 1000 && (lease.toMs === null || lease.toMs > fromUs / 1000),
      ),
  );
  if (sat.length > 0) return [...new Set(sat.map(({ agentName }) => agentName))];
  return telephone.ownerName === null ? [] : [telephone.ownerName];
}

const instantOf = (us: number) => new Date(us / 1000).toISOString();
