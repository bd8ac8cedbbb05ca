import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { addDays, dayOf, isDay, startOfDay } from "../../model/house-days.ts";
import { moved, type TimeWindow, windowAround, type Zoom } from "../../model/timeline.ts";
import { useServerNow } from "../../ui/server-clock.tsx";
import { useHouseTime } from "../house-settings.ts";

/** While today is looked at it is asked for again this often. */
export const AGAIN_MS = 15_000;

/** The day that is looked at, which stands in the address, and how much of it is shown. */
export interface DayLook {
  day: string;
  today: string;
  zone: string;
  now: number;
  whole: TimeWindow;
  seen: TimeWindow;
  zoom: Zoom;
  goTo(day: string): void;
  setZoom(zoom: Zoom): void;
  look(at: number): void;
  move(share: number): void;
}

/** For the screens that show a day of something; the other parts of the address stay. */
export function useDay(): DayLook {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const { zone } = useHouseTime();
  const now = useServerNow();
  const today = dayOf(new Date(now).toISOString(), zone);
  const asked = typeof search.day === "string" && isDay(search.day) ? search.day : today;
  const day = asked > today ? today : asked;
  const whole = { from: Date.parse(startOfDay(day, zone)), to: Date.parse(startOfDay(addDays(day, 1), zone)) };
  const [zoom, setZoom] = useState<Zoom>(null);
  const [centre, setCentre] = useState<number | null>(null);
  const middle = centre !== null && centre >= whole.from && centre <= whole.to ? centre : (whole.from + whole.to) / 2;
  const seen = windowAround(middle, zoom, whole);
  return {
    day,
    today,
    zone,
    now,
    whole,
    seen,
    zoom,
    goTo(next) {
      if (!isDay(next) || next > today) return;
      const { day: _, ...others } = search;
      void navigate({ to: ".", search: next === today ? others : { ...others, day: next }, replace: true });
    },
    setZoom(next) {
      // What is worth a closer look today is what was just now.
      if (centre === null && day === today) setCentre(now);
      setZoom(next);
    },
    look: setCentre,
    move(share) {
      const next = moved(seen, share, whole);
      setCentre((next.from + next.to) / 2);
    },
  };
}
