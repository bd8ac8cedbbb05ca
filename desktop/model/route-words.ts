import { isOpen, nextChange, type OpeningTimes } from "../../contract/calendar-time.ts";
import type { InboundAction } from "../../contract/views.ts";

/** What an inbound route does, in words. */

interface Named {
  id: number;
  name?: string;
  fullName?: string;
}

export interface RouteNames {
  queues: readonly Named[];
  projects: readonly Named[];
  telephones: readonly Named[];
  agents: readonly Named[];
  calendars: readonly Named[];
}

const nameOf = (rows: readonly Named[], id: number): string => {
  const row = rows.find((one) => one.id === id);
  return row?.name ?? row?.fullName ?? `#${id}`;
};

const ENDS = {
  normal: "hang up",
  busy: "busy tone",
  rejected: "reject the call",
  unallocated: "“no such number”",
} as const;

/** One action, as `Support queue`; without when it has its turn. */
export function actionWords(action: InboundAction, names: RouteNames): string {
  if ("queue" in action) return `${nameOf(names.queues, action.queue)} queue`;
  if ("project" in action) return `${nameOf(names.projects, action.project)} project`;
  if ("telephone" in action) return nameOf(names.telephones, action.telephone);
  if ("agent" in action) return nameOf(names.agents, action.agent);
  if ("number" in action) return action.number;
  return ENDS[action.cause ?? "normal"];
}

/** When an action has its turn: `while Office is open`; nothing for always. */
function whenWords({ when }: InboundAction, names: RouteNames): string {
  return when === undefined ? "" : `while ${nameOf(names.calendars, when.calendar)} is ${when.is}`;
}

/** A whole route for a cell: `Support queue while Office is open › hang up`. */
export function routeWords(actions: readonly InboundAction[], names: RouteNames): string {
  return actions
    .map((action) => [actionWords(action, names), whenWords(action, names)].filter((words) => words !== "").join(" "))
    .join(" › ");
}

export type Calendars = ReadonlyMap<number, OpeningTimes>;

/** The actions that have their turn at an instant, in order. One whose calendar is gone has none. */
export function actionsAt(actions: readonly InboundAction[], at: Date, calendars: Calendars): InboundAction[] {
  return actions.filter(({ when }) => {
    if (when === undefined) return true;
    const calendar = calendars.get(when.calendar);
    return calendar !== undefined && isOpen(calendar, at) === (when.is === "open");
  });
}

/** What happens at an instant: `Support queue, else Anna Rossi, else hang up`. */
export function routeAt(actions: readonly InboundAction[], at: Date, calendars: Calendars, names: RouteNames): string {
  const due = actionsAt(actions, at, calendars);
  const ending = due.findIndex((action) => "hangup" in action);
  const words = (ending < 0 ? due : due.slice(0, ending + 1)).map((action) => actionWords(action, names));
  return [...words, ...(ending < 0 ? [ENDS.normal] : [])].join(", else ");
}

/** Whether a calendar is open at an instant, and until when, as an instant of ISO 8601; null: it never changes. */
export function calendarAt(times: OpeningTimes, at: Date): { open: boolean; until: string | null } {
  return { open: isOpen(times, at), until: nextChange(times, at)?.toISOString() ?? null };
}

/** The actions in another order. */
export function moved<One>(all: readonly One[], from: number, to: number): One[] {
  const rest = all.filter((_, index) => index !== from);
  const one = all[from];
  if (one === undefined || to < 0 || to >= all.length) return [...all];
  return [...rest.slice(0, to), one, ...rest.slice(to)];
}
