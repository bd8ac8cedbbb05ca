import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { addDays } from "../../model/house-days.ts";
import type { HouseDay } from "./use-day.ts";

/** Which day is looked at. Alt with the arrows goes from day to day. */
export function DayChoice({ houseDay }: { houseDay: HouseDay }) {
  const { day, today, goTo } = houseDay;
  useHotkeys([
    ["alt+ArrowLeft", () => goTo(addDays(day, -1))],
    ["alt+ArrowRight", () => goTo(addDays(day, 1))],
  ]);
  return (
    <>
      <ActionIcon
        aria-label="The day before"
        title="Alt+←"
        aria-keyshortcuts="Alt+ArrowLeft"
        onClick={() => goTo(addDays(day, -1))}
      >
        <IconChevronLeft size={16} />
      </ActionIcon>
      <TextInput
        type="date"
        aria-label="Day"
        w={136}
        value={day}
        max={today}
        onChange={(event) => goTo(event.currentTarget.value)}
      />
      <ActionIcon
        aria-label="The day after"
        title="Alt+→"
        aria-keyshortcuts="Alt+ArrowRight"
        disabled={day >= today}
        onClick={() => goTo(addDays(day, 1))}
      >
        <IconChevronRight size={16} />
      </ActionIcon>
      <Button disabled={day === today} onClick={() => goTo(today)}>
        Today
      </Button>
    </>
  );
}
