import type { CallParty, PartyDoing, Why } from "../../contract/views.ts";
import type { TimeWindow } from "./timeline.ts";

/** What a party did at a time, or that it transferred the call in that instant. Instants are milliseconds. */
export interface PictureSpan {
  key: string;
  doing: PartyDoing | "transferred";
  from: number;
  to: number;
  goesOn: boolean;
  /** What stands in it where there is room. */
  word: string;
  /** The same as a sentence: "Talked with Maria Bianchi". */
  says: string;
  /** The lanes of those it talked with. */
  with: readonly string[];
  own: boolean;
}

export interface PictureLane {
  id: string;
  title: string;
  /** Its number, and who sat there; empty where neither is known. */
  about: string;
  /** The row that is looked at is made of its spans. */
  own: boolean;
  spans: PictureSpan[];
}

/** A call as lanes over time. */
export interface CallPicture {
  whole: TimeWindow;
  lanes: PictureLane[];
  /** Telephones that only rang, where there are many: drawn when somebody wants to see them. */
  rang: PictureLane[];
}

/** Between two parts of a call there is nobody for an instant: nothing that can be seen or has to be known. */
const SLIVER_MS = 100;
/** So many telephones that only rang are drawn with the others. */
const FEW_RANG = 2;

const WORDS: Record<PartyDoing, string> = {
  dialled: "called",
  rang: "rang",
  waited: "waited",
  talked: "talked",
  held: "on hold",
  parked: "parked",
  alone: "",
};

/** The picture of a call; null where nothing is known of its parties. What goes on is drawn up to `now`. */
export function callPicture(
  { parties, transfers }: Pick<Why, "parties" | "transfers">,
  now: number,
): CallPicture | null {
  const instants = parties.flatMap(({ spans }) => spans.flatMap(({ from, to }) => [from, to ?? from])).map(Date.parse);
  if (instants.length === 0) return null;
  const open = parties.some(({ spans }) => spans.some(({ to }) => to === null));
  const whole = { from: Math.min(...instants), to: Math.max(...instants, ...(open ? [now] : [])) };
  if (whole.to === whole.from) whole.to += 1;
  const names = new Map(parties.map(({ id, name }) => [id, name]));
  const lanes = parties.map((party) => laneOf(party, names, whole.to));
  for (const transfer of transfers) {
    const lane = lanes.find(({ id }) => id === transfer.partyId);
    const at = Math.min(Math.max(Date.parse(transfer.at), whole.from), whole.to);
    lane?.spans.push({
      ...{ key: `transfer ${transfer.at}`, doing: "transferred", from: at, to: at, goesOn: false, word: "" },
      says: `Transferred the call to ${transfer.to}, ${transfer.kind === "blind" ? "without asking first" : "after speaking to the other side"}`,
      ...{ with: [], own: lane.own },
    });
    lane?.spans.sort((a, b) => a.from - b.from || a.to - b.to);
  }
  const onlyRang = lanes.filter((lane) => !lane.own && lane.spans.every(({ doing }) => doing === "rang"));
  if (onlyRang.length <= FEW_RANG) return { whole, lanes, rang: [] };
  return { whole, lanes: lanes.filter((lane) => !onlyRang.includes(lane)), rang: onlyRang };
}

function laneOf(party: CallParty, names: ReadonlyMap<string, string>, end: number): PictureLane {
  const own = party.spans.some((span) => span.own);
  // A telephone without an internal number is called by its user name, which says nothing beside its name.
  const number = /^[+0-9*#]+$/.test(party.number) ? party.number : "";
  const spans = party.spans.map((span): PictureSpan => {
    const others = span.with.map((id) => names.get(id) ?? "somebody");
    return {
      key: `${span.doing} ${span.from}`,
      doing: span.doing,
      from: Date.parse(span.from),
      to: span.to === null ? end : Date.parse(span.to),
      goesOn: span.to === null,
      word: WORDS[span.doing],
      says: saying(span.doing, others, span.queue),
      with: span.with,
      own: span.own,
    };
  });
  const seen = spans.filter(
    ({ doing, from, to, goesOn }) => goesOn || to - from >= (doing === "alone" ? SLIVER_MS : 1),
  );
  return {
    id: party.id,
    title: party.name,
    about: [number, party.people.join(", then ")].filter((part) => part !== "" && part !== party.name).join(" · "),
    own,
    spans: seen.length > 0 ? seen : spans.slice(0, 1),
  };
}

function saying(doing: PartyDoing, others: readonly string[], queue: string | null): string {
  switch (doing) {
    case "dialled":
      return "Called, and nobody had answered yet";
    case "rang":
      return "Rang";
    case "waited":
      return `Waited in ${queue ?? "a queue"}`;
    case "talked":
      return others.length === 0 ? "Talked" : `Talked with ${listed(others)}`;
    case "held":
      return others.length === 0 ? "On hold" : `On hold, with ${listed(others)}`;
    case "parked":
      return "Parked, until somebody took the call back";
    case "alone":
      return "Alone: heard a voice, or nothing";
  }
}

const lists = new Intl.ListFormat("en-GB");
const listed = (names: readonly string[]) => lists.format(names);

/** Nobody looks closer than at so many milliseconds. */
const CLOSEST_MS = 1000;

/** The part of a call that is seen: the whole of it halved so many times, around an instant, inside the call. */
export function pictureWindow(whole: TimeWindow, halvings: number, around: number): TimeWindow {
  const all = whole.to - whole.from;
  const length = Math.min(all, Math.max(all / 2 ** halvings, CLOSEST_MS));
  const from = Math.min(Math.max(around - length / 2, whole.from), whole.to - length);
  return { from, to: from + length };
}

/** Whether it can be looked at any closer. */
export const canCloser = (whole: TimeWindow, halvings: number): boolean =>
  (whole.to - whole.from) / 2 ** halvings > CLOSEST_MS;

const STEPS_S = [
  0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200,
];
const MOST_TICKS = 6;

/** Marks of the axis, in time since the call began: `0:10`, from an hour on `1:00:00`; below a second `0.2 s`. */
export function pictureTicks(seen: TimeWindow, begin: number): { at: number; label: string }[] {
  const lengthS = (seen.to - seen.from) / 1000;
  const stepS = STEPS_S.find((step) => lengthS / step <= MOST_TICKS) ?? 86_400;
  const ticks: { at: number; label: string }[] = [];
  for (let nth = Math.ceil((seen.from - begin) / 1000 / stepS); ; nth += 1) {
    const at = begin + nth * stepS * 1000;
    if (at > seen.to) return ticks;
    ticks.push({ at, label: stepS < 1 ? `${(nth * stepS).toFixed(stepS < 0.1 ? 2 : 1)} s` : sinceText(nth * stepS) });
  }
}

function sinceText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours === 0 ? `${minutes}:${two(seconds % 60)}` : `${hours}:${two(minutes)}:${two(seconds % 60)}`;
}

/** How long something was, as exactly as it can be read: `0.04 s`, `12.3 s`, `2:05`, `1:02:05`. */
export const lengthText = (ms: number): string =>
  ms < 60_000 ? `${(ms / 1000).toFixed(ms < 1000 ? 2 : 1)} s` : sinceText(Math.round(ms / 1000));
