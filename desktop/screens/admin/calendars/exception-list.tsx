import { ActionIcon, Button, Switch, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { CalendarException } from "../../../../contract/views.ts";
import type { FieldDrawing } from "../../../ui/field-drawing.ts";
import { HoursInput } from "./hours-input.tsx";

/** Days that are otherwise: closed, or open at other hours, once or every year. The earliest first, when saved. */
export function ExceptionList(props: FieldDrawing & { today: string }) {
  const all: CalendarException[] = Array.isArray(props.value) ? props.value : [];
  const change = (at: number, over: Partial<CalendarException>) =>
    props.set(all.map((each, index) => (index === at ? { ...each, ...over } : each)));
  return (
    <fieldset className="week">
      <legend>{props.label}</legend>
      {all.length === 0 ? <p className="quiet">Holidays and other days on which the week does not count.</p> : null}
      <ol className="exceptions">
        {all.map((each, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a day that is being typed has nothing else to be known by
          <li key={at}>
            <TextInput
              size="xs"
              label="Name"
              value={each.name}
              maxLength={60}
              onChange={(event) => change(at, { name: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              type="date"
              label="Day"
              value={each.date}
              onChange={(event) => change(at, { date: event.currentTarget.value })}
            />
            <HoursInput label="Open" hours={each.hours} empty="closed" set={(hours) => change(at, { hours })} />
            <Switch
              size="xs"
              label="Every year"
              checked={each.yearly}
              onChange={(event) => change(at, { yearly: event.currentTarget.checked })}
            />
            <ActionIcon
              size={24}
              aria-label={`Without ${each.name}`}
              onClick={() => props.set(all.filter((_, index) => index !== at))}
            >
              <IconX size={14} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <Button
        size="xs"
        onClick={() => props.set([...all, { name: "Holiday", date: props.today, yearly: false, hours: [] }])}
      >
        Add a day
      </Button>
      {props.problem === undefined ? null : <p className="week-problem">{props.problem}</p>}
    </fieldset>
  );
}
