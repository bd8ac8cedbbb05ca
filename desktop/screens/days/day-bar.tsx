import { ActionIcon, Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight, IconDownload } from "@tabler/icons-react";
import { type DayRow, dayCsv } from "../../model/agent-day.ts";
import { clock, ZOOMS, type Zoom } from "../../model/timeline.ts";
import { DayChoice } from "./day-choice.tsx";
import type { DayLook } from "./use-day.ts";

const ZOOM_WORDS: Record<string, string> = { day: "Day", worked: "Worked", "6": "6 hours", "1": "1 hour" };
const zoomKey = (zoom: Zoom) => String(zoom ?? "day");

/** Which day, how much of it, as a table or a file. + and − zoom. */
export function DayBar(props: {
  look: DayLook;
  rows: readonly DayRow[];
  /** Of the file, without its day. */
  fileName: string;
  table: boolean;
  onTable: (table: boolean) => void;
}) {
  const { look } = props;
  const { day, zoom } = look;
  const closer = (by: 1 | -1) => {
    const next = ZOOMS[ZOOMS.indexOf(zoom) + by];
    if (next !== undefined) look.setZoom(next);
  };
  useHotkeys([
    ["[plus]", () => closer(1)],
    ["shift+[plus]", () => closer(1)],
    ["-", () => closer(-1)],
  ]);
  const save = () => {
    const instant = (ms: number) => new Date(ms).toISOString();
    const file = new Blob([dayCsv(props.rows, instant)], { type: "text/csv;charset=utf-8" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `${props.fileName} ${day}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div className="days-bar">
      <DayChoice houseDay={look} />
      <fieldset className="floor-tabs" aria-label="How much is shown">
        {ZOOMS.map((one) => (
          <button key={zoomKey(one)} type="button" aria-pressed={zoom === one} onClick={() => look.setZoom(one)}>
            {ZOOM_WORDS[zoomKey(one)]}
          </button>
        ))}
      </fieldset>
      {zoom === null || zoom === "worked" ? null : (
        <>
          <ActionIcon aria-label="Earlier" onClick={() => look.move(-0.5)}>
            <IconChevronLeft size={16} />
          </ActionIcon>
          <span className="quiet">
            {clock(look.seen.from, look.zone)} to {clock(look.seen.to, look.zone)}
          </span>
          <ActionIcon aria-label="Later" onClick={() => look.move(0.5)}>
            <IconChevronRight size={16} />
          </ActionIcon>
        </>
      )}
      <Button className="push" aria-pressed={props.table} onClick={() => props.onTable(!props.table)}>
        {props.table ? "Hide the table" : "Show as a table"}
      </Button>
      <Button
        disabled={props.rows.length === 0}
        onClick={save}
        leftSection={<IconDownload size={16} aria-hidden="true" />}
      >
        Save as CSV
      </Button>
    </div>
  );
}
