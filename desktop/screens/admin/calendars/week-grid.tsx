import { Button } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import type { WeeklyHours } from "../../../../contract/views.ts";
import {
  copiedToWeekdays,
  DAY_NAMES,
  hoursText,
  type Piece,
  painted,
  piecesOf,
  withDay,
} from "../../../model/week-hours.ts";
import type { FieldDrawing } from "../../../ui/field-drawing.ts";
import { HoursInput } from "./hours-input.tsx";
import "./calendars.css";

const STEP = 30;
const CELLS = Array.from({ length: 1440 / STEP }, (_, index) => index * STEP);
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21];

/**
 * A week that is drawn: with the mouse from one half hour to another, with the keys by Space and Shift with the arrows.
 * Times between the half hours are written in the line of the day.
 */
export function WeekGrid(props: FieldDrawing) {
  const week: WeeklyHours[] = Array.isArray(props.value) ? props.value : [];
  const days = piecesOf(week);
  const [at, setAt] = useState({ day: 1, cell: 18 });
  const drawing = useRef<boolean | null>(null);
  const grid = useRef<HTMLOListElement>(null);

  const isOn = (day: number, cell: number) => state(days[day - 1] ?? [], cell) !== "closed";
  const paint = (day: number, cell: number, open: boolean) =>
    props.set(painted(week, day, { from: cell * STEP, to: (cell + 1) * STEP }, open));
  const go = (day: number, cell: number) => {
    const to = { day: Math.min(7, Math.max(1, day)), cell: Math.min(CELLS.length - 1, Math.max(0, cell)) };
    setAt(to);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${to.day} ${to.cell}"]`)?.focus();
    return to;
  };
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (event.key === " " || event.key === "Enter") {
      paint(at.day, at.cell, !isOn(at.day, at.cell));
    } else if (step !== undefined) {
      const open = isOn(at.day, at.cell);
      const to = go(at.day + step[0], at.cell + step[1]);
      // What is under the cursor is drawn on, open or closed.
      if (event.shiftKey) paint(to.day, to.cell, open);
    } else if (event.key === "Home") go(at.day, 0);
    else if (event.key === "End") go(at.day, CELLS.length - 1);
    else return;
    event.preventDefault();
  };

  return (
    <fieldset className="week">
      <legend>{props.label}</legend>
      <p className="quiet">
        Draw with the mouse, or with the keys: arrows, Space, and Shift with the arrows. Exact times stand at the day.
      </p>
      <div className="week-hours" aria-hidden="true">
        {HOURS.map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
      <ol
        ref={grid}
        className="week-grid"
        aria-label={props.label}
        onPointerUp={() => {
          drawing.current = null;
        }}
        onPointerLeave={() => {
          drawing.current = null;
        }}
      >
        {DAY_NAMES.map((name, index) => (
          <li className="week-day" key={name}>
            <span>{name.slice(0, 3)}</span>
            {CELLS.map((minute, cell) => {
              const day = index + 1;
              const how = state(days[index] ?? [], cell);
              return (
                <button
                  key={minute}
                  type="button"
                  className={`week-cell ${how}`}
                  data-cell={`${day} ${cell}`}
                  tabIndex={at.day === day && at.cell === cell ? 0 : -1}
                  aria-label={`${name} ${timeOf(minute)}`}
                  aria-pressed={how !== "closed"}
                  onFocus={() => setAt({ day, cell })}
                  onKeyDown={press}
                  onPointerDown={() => {
                    drawing.current = how === "closed";
                    paint(day, cell, drawing.current);
                  }}
                  onPointerEnter={() => {
                    if (drawing.current !== null) paint(day, cell, drawing.current);
                  }}
                />
              );
            })}
          </li>
        ))}
      </ol>
      <div className="week-lines">
        {DAY_NAMES.map((name, index) => {
          const own = week.filter(({ day }) => day === index + 1);
          return (
            <HoursInput
              key={name}
              label={name}
              hours={own}
              empty="closed"
              set={(hours) => props.set(withDay(week, index + 1, hours))}
            />
          );
        })}
      </div>
      <Button
        size="xs"
        disabled={hoursText(week.filter(({ day }) => day === at.day)) === ""}
        onClick={() => props.set(copiedToWeekdays(week, at.day))}
      >
        {DAY_NAMES[at.day - 1]}’s hours on every weekday
      </Button>
      {props.problem === undefined ? null : <p className="week-problem">{props.problem}</p>}
    </fieldset>
  );
}

const STEPS: Readonly<Record<string, readonly [day: number, cell: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** Whether a half hour is open, all of it or a part. */
function state(pieces: readonly Piece[], cell: number): "open" | "part" | "closed" {
  const [begin, end] = [cell * STEP, (cell + 1) * STEP];
  const open = pieces.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, end) - Math.max(from, begin)), 0);
  return open === 0 ? "closed" : open === STEP ? "open" : "part";
}
