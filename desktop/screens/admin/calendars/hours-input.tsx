import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { OpenHours } from "../../../../contract/views.ts";
import { hoursText, readHours } from "../../../model/week-hours.ts";

/** Hours that are written: `09:00–13:00, 14:00–18:00`. What is no hours stays in the field and says so. */
export function HoursInput(props: {
  label: string;
  hours: readonly OpenHours[];
  /** What stands there for none. */
  empty: string;
  set: (hours: OpenHours[]) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && readHours(typed) === null;
  const settle = () => {
    const read = typed === null ? null : readHours(typed);
    if (read === null) return;
    props.set(read);
    setTyped(null);
  };
  return (
    <TextInput
      size="xs"
      label={props.label}
      placeholder={props.empty}
      autoComplete="off"
      spellCheck={false}
      value={typed ?? hoursText(props.hours)}
      error={wrong ? "Like 09:00–13:00, 14:00–18:00" : undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === "Enter") settle();
      }}
    />
  );
}
