import { Button } from "@mantine/core";
import { addDays } from "../../model/house-days.ts";
import type { HouseDay } from "./use-day.ts";

/** What one does on a day on which nothing was: look at the one before. */
export function DayBefore({ day }: { day: HouseDay }) {
  return <Button onClick={() => day.goTo(addDays(day.day, -1))}>The day before</Button>;
}
