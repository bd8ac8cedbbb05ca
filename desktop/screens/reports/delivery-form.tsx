import { Button, Checkbox, Select, TagsInput, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { REPORT_PERIODS } from "../../../contract/report-period.ts";
import type { DeliveryBody } from "../../../contract/views.ts";
import { PERIOD_WORDS } from "../../model/report-address.ts";
import { ordinal, WEEKDAYS } from "../../model/report-cells.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { api } from "../desk.ts";
import { useAct } from "../use-act.ts";

const numbered = (from: number, to: number, label: (value: number) => string) =>
  Array.from({ length: to - from + 1 }, (_, at) => ({ value: String(from + at), label: label(from + at) }));
const HOURS = numbered(0, 23, (hour) => `${String(hour).padStart(2, "0")}:00`);
const DAYS = numbered(1, 7, (day) => WEEKDAYS[day - 1] ?? "");
const MONTH_DAYS = numbered(1, 28, (day) => `the ${ordinal(day)}`);
const RHYTHMS = [
  { value: "daily", label: "Every day" },
  { value: "weekly", label: "Every week" },
  { value: "monthly", label: "Every month" },
];
const FORMATS = [
  { value: "xlsx", label: "Excel" },
  { value: "csv", label: "CSV" },
];
const PERIODS = REPORT_PERIODS.map((value) => ({ value, label: PERIOD_WORDS[value] }));

/** When a report goes out, to whom, and as what. `id` null makes a new delivery. */
export function DeliveryForm(props: { id: number | null; delivery: DeliveryBody; onDone: () => void }) {
  const client = useQueryClient();
  const [body, setBody] = useState<DeliveryBody>(props.delivery);
  const act = useAct();
  const set = (part: Partial<DeliveryBody>) => setBody({ ...body, ...part });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const done = await act.run(() =>
      props.id === null ? api.post("/deliveries", body) : api.put(`/deliveries/${props.id}`, body),
    );
    if (!done) return;
    await client.invalidateQueries({ queryKey: ["deliveries"] });
    props.onDone();
  };
  return (
    <form className="report-form" onSubmit={(event) => void save(event)}>
      <TagsInput
        label="To"
        description="Mail addresses, each ended with Enter"
        value={body.recipients}
        maxTags={20}
        acceptValueOnBlur
        onChange={(recipients) => set({ recipients })}
        data-autofocus
      />
      <TextInput
        label="Subject"
        value={body.subject}
        maxLength={120}
        onChange={(event) => set({ subject: event.currentTarget.value })}
      />
      <div className="report-form-row">
        <Select
          label="Sent"
          data={RHYTHMS}
          value={body.rhythm}
          onChange={(value) => set({ rhythm: value === "weekly" || value === "monthly" ? value : "daily" })}
        />
        {body.rhythm === "weekly" ? (
          <Select
            label="On"
            data={DAYS}
            value={String(body.weekday)}
            onChange={(value) => set({ weekday: Number(value) })}
          />
        ) : null}
        {body.rhythm === "monthly" ? (
          <Select
            label="On"
            data={MONTH_DAYS}
            value={String(body.monthDay)}
            onChange={(value) => set({ monthDay: Number(value) })}
          />
        ) : null}
        <Select label="At" data={HOURS} value={String(body.hour)} onChange={(value) => set({ hour: Number(value) })} />
      </div>
      <div className="report-form-row">
        <Select
          label="Of"
          data={PERIODS}
          value={body.period}
          onChange={(value) => set({ period: REPORT_PERIODS.find((one) => one === value) ?? "yesterday" })}
        />
        <Select
          label="As"
          data={FORMATS}
          value={body.format}
          onChange={(value) => set({ format: value === "csv" ? "csv" : "xlsx" })}
        />
      </div>
      <Checkbox
        label="Switched on"
        checked={body.enabled}
        onChange={(event) => set({ enabled: event.currentTarget.checked })}
      />
      <ErrorLine error={act.error} />
      <div className="report-form-foot">
        <Button onClick={props.onDone}>Cancel</Button>
        <Button variant="filled" type="submit" disabled={body.recipients.length === 0 || body.subject.trim() === ""}>
          {props.id === null ? "Send from now on" : "Save"}
        </Button>
      </div>
    </form>
  );
}
