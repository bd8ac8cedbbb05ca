import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { Lane } from "../../model/agent-day.ts";
import { addDays, dayOf, isDay, startOfDay } from "../../model/house-days.ts";
import { moved, type TimeWindow, windowAround, workedWindow, type Zoom } from "../../model/timeline.ts";
import { useServerNow } from "../../ui/server-clock.tsx";
import { useHouseTime } from "../house-settings.ts";

/** While today is looked at it is asked for again this often. */
export const AGAIN_MS = 15_000;

/** The day that is looked at, which stands in the address; of the house, whatever the browser's clock says. */
export interface HouseDay {
  day: string;
  today: string;
  zone: string;
  now: number;
  whole: TimeWindow;
  goTo(day: string): void;
}

/** And how much of it is shown. */
export interface DayLook extends HouseDay {
  seen: TimeWindow;
  zoom: Zoom;
  setZoom(zoom: Zoom): void;
  look(at: number): void;
  move(share: number): void;
}

/** For the screens that show a day of something; the other parts of the address stay. `unsaid`: which day it opens on. */
export function useDay(unsaid: "today" | "yesterday" = "today"): HouseDay {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const { zone } = useHouseTime();
  const now = useServerNow();
  const today = dayOf(new Date(now).toISOString(), zone);
  const first = unsaid === "today" ? today : addDays(today, -1);
  const asked = typeof search.day === "string" && isDay(search.day) ? search.day : first;
  const day = asked > today ? today : asked;
  return {
    day,
    today,
    zone,
    now,
    whole: { from: Date.parse(startOfDay(day, zone)), to: Date.parse(startOfDay(addDays(day, 1), zone)) },
    goTo(next) {
      if (!isDay(next) || next > today) return;
      const { day: _, ...others } = search;
      void navigate({ to: ".", search: next === first ? others : { ...others, day: next }, replace: true });
    },
  };
}

/** How much of a day is shown: at first the hours in which something was. */
export function useDayLook(houseDay: HouseDay, lanes: readonly Lane[]): DayLook {
  const { day, today, now, whole } = houseDay;
  const [zoom, setZoom] = useState<Zoom>("worked");
  const [centre, setCentre] = useState<number | null>(null);
  const spans = lanes.flatMap((lane) => lane.spans);
  const worked = workedWindow(day === today ? [...spans, ...nowBeside(spans, now)] : spans, whole) ?? whole;
  const chosen = centre !== null && centre >= whole.from && centre <= whole.to ? centre : null;
  // What is worth a closer look is what was just now, or on another day the middle of what was.
  const middle = chosen ?? (day === today ? now : middleOf(worked));
  const seen = zoom === "worked" ? worked : windowAround(middle, zoom, whole);
  return {
    ...houseDay,
    seen,
    zoom,
    setZoom(next) {
      setCentre(middle);
      setZoom(next);
    },
    // What began the day before has its middle there.
    look: (at) => setCentre(Math.min(Math.max(at, whole.from), whole.to)),
    move: (share) => setCentre(middleOf(moved(seen, share, whole))),
  };
}

/** Today, where something was, the time that it is belongs to what is seen. */
const nowBeside = (spans: readonly TimeWindow[], now: number) => (spans.length === 0 ? [] : [{ from: now, to: now }]);

const middleOf = ({ from, to }: TimeWindow) => (from + to) / 2;
