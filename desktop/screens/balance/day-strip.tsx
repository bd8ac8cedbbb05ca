import { type KeyboardEvent, useRef } from "react";
import { balanceWords, dayText, type StripDay } from "../../model/balance-days.ts";

/** Two months of days, each a small field: full where it balances, a triangle where not, hollow where nobody looked. */
export function DayStrip(props: { days: readonly StripDay[]; chosen: string; onChoose: (day: string) => void }) {
  const { days, chosen } = props;
  const strip = useRef<HTMLFieldSetElement>(null);
  const known = days.some(({ day }) => day === chosen);
  const walk = (event: KeyboardEvent, nth: number) => {
    const steps: Record<string, number> = { ArrowLeft: nth - 1, ArrowRight: nth + 1, Home: 0, End: days.length - 1 };
    const next = days[steps[event.key] ?? -1];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    strip.current?.querySelector<HTMLElement>(`[data-day="${next.day}"]`)?.focus();
  };
  return (
    <fieldset className="balance-strip" aria-label="The last two months" ref={strip}>
      {days.map(({ day, off }, nth) => (
        <button
          key={day}
          type="button"
          data-day={day}
          className={day.endsWith("-01") ? "balance-day balance-month" : "balance-day"}
          aria-label={`${dayText(day)}: ${balanceWords(off)}`}
          title={`${dayText(day)}: ${balanceWords(off)}`}
          aria-pressed={day === chosen}
          tabIndex={day === chosen || (!known && nth === days.length - 1) ? 0 : -1}
          onKeyDown={(event) => walk(event, nth)}
          onClick={() => props.onChoose(day)}
        >
          <svg viewBox="0 0 12 12" aria-hidden="true">
            <path className={shapeOf(off).name} d={shapeOf(off).path} />
          </svg>
        </button>
      ))}
      <p className="balance-key quiet small">
        {[0, 3, null].map((off) => (
          <span key={String(off)}>
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <path className={shapeOf(off).name} d={shapeOf(off).path} />
            </svg>
            {off === 0 ? "balances" : off === null ? "not compared" : "does not balance"}
          </span>
        ))}
      </p>
    </fieldset>
  );
}

const SHAPES = {
  unseen: { name: "balance-unseen", path: "M2.500 2.500h7v7h-7z" },
  even: { name: "balance-even", path: "M2 2h8v8H2z" },
  off: { name: "balance-odd", path: "M6 0.500L12 11.500H0z" },
} as const;

const shapeOf = (off: number | null) => (off === null ? SHAPES.unseen : off === 0 ? SHAPES.even : SHAPES.off);
