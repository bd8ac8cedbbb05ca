import type { ItemKind, ItemQuery } from "../../contract/views.ts";
import { addDays, isDay, startOfDay } from "./house-days.ts";

/** Which items are looked at, as it stands in the page's address. Empty: not narrowed by it. */
export interface ItemFilters {
  state: "waiting" | "open" | "taken" | "done" | "all";
  kind: ItemKind | "";
  queue: string;
  /** An agent's id. */
  agent: string;
  number: string;
  day: string;
  /** The item that stands open beside the list; narrows nothing. */
  open: string;
}

export const NO_FILTERS: ItemFilters = {
  state: "waiting",
  kind: "",
  queue: "",
  agent: "",
  number: "",
  day: "",
  open: "",
};

const STATES: readonly ItemFilters["state"][] = ["waiting", "open", "taken", "done", "all"];
const KINDS: readonly ItemKind[] = ["voicemail", "callback"];
const isId = (text: string) => /^[1-9][0-9]{0,14}$/.test(text);

/** Reads an address. What makes no sense is left out, so that a mistyped one still shows a page. */
export function itemFiltersOf(search: Record<string, unknown>): ItemFilters {
  const text = (name: string) =>
    typeof search[name] === "string" || typeof search[name] === "number" ? String(search[name]) : "";
  const id = (name: string) => (isId(text(name)) ? text(name) : "");
  return {
    state: STATES.find((one) => one === text("state")) ?? NO_FILTERS.state,
    kind: KINDS.find((one) => one === text("kind")) ?? "",
    queue: id("queue"),
    agent: id("agent"),
    number: text("number").slice(0, 40),
    day: isDay(text("day")) ? text("day") : "",
    open: id("open"),
  };
}

/** The address of some filters: only what differs from the usual. Ids as numbers, which an address shows unquoted. */
export function itemSearchOf(filters: ItemFilters): Record<string, string | number> {
  const { state, kind, number, day } = filters;
  const said = Object.entries({ state, kind, number, day }).filter(
    ([name, value]) => value !== NO_FILTERS[name as keyof ItemFilters],
  );
  const ids = (["queue", "agent", "open"] as const).flatMap((name) =>
    filters[name] === "" ? [] : [[name, Number(filters[name])] as const],
  );
  return Object.fromEntries<string | number>([...said, ...ids]);
}

/** Whether fewer are shown than all that wait. */
export function isNarrowed(filters: ItemFilters): boolean {
  return Object.keys(itemSearchOf({ ...filters, open: "" })).length > 0;
}

/** What the server is asked for. A day is the house's, whose zone it takes. */
export function itemQueryOf(filters: ItemFilters, zone: string): ItemQuery {
  const { state, kind, queue, agent, number, day } = filters;
  return {
    ...(state === "all" ? {} : { state }),
    ...(kind === "" ? {} : { kind }),
    ...(queue === "" ? {} : { queueId: Number(queue) }),
    ...(agent === "" ? {} : { agentId: Number(agent) }),
    ...(number === "" ? {} : { number }),
    ...(day === "" ? {} : { from: startOfDay(day, zone), to: startOfDay(addDays(day, 1), zone) }),
  };
}
