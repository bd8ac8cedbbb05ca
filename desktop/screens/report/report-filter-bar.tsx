import { Button, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { HouseTime } from "../../model/house-time.ts";
import { RESULT_WORDS, WITHOUT_WORDS } from "../../model/report-call-words.ts";
import {
  CALL_TYPES,
  cleared,
  daysOf,
  narrowing,
  PERIODS,
  type Period,
  type ReportFilters,
} from "../../model/report-filters.ts";
import { DebouncedInput } from "../../ui/debounced-input.tsx";
import { nameOf, optionsOf } from "../admin/house.ts";
import { useHouseList } from "../admin/house-lists.ts";

const PERIOD_WORDS: Record<Period, string> = {
  today: "Today",
  yesterday: "Yesterday",
  "7days": "Last 7 days",
  "this-week": "This week",
  "last-week": "Last week",
  month: "This month",
  "last-month": "Last month",
  custom: "From – to",
  between: "Between",
};

/** What is asked for: each filter stands in the address, so that a page can be kept and passed on. */
export function ReportFilterBar(props: {
  filters: ReportFilters;
  time: HouseTime;
  firstDay: number;
  onChange: (filters: ReportFilters) => void;
}) {
  const { filters, time } = props;
  const agents = useHouseList("agents", 60_000).data?.rows ?? [];
  const telephones = useHouseList("telephones", 60_000).data?.rows ?? [];
  const queues = useHouseList("queues", 60_000).data?.rows ?? [];
  const dispositions = useHouseList("dispositions", 60_000).data?.rows ?? [];
  const set = (part: Partial<ReportFilters>) => props.onChange({ ...filters, ...part });
  const days = daysOf(filters, new Date(time.now).toISOString(), time.zone, props.firstDay);
  const toPeriod = (period: Period) => set(period === "custom" ? { period, ...days } : { period, from: "", to: "" });
  const between = filters.period === "between";
  return (
    <search className="report-filters">
      <Select
        aria-label="Period"
        w={120}
        data={PERIODS.filter((value) => value !== "between" || between).map((value) => ({
          value,
          label: PERIOD_WORDS[value],
        }))}
        value={filters.period}
        onChange={(value) => toPeriod(PERIODS.find((one) => one === value) ?? "today")}
      />
      {between ? (
        <Button variant="subtle" title="Show the whole days" onClick={() => toPeriod("custom")}>
          {time.when(filters.from)} – {time.when(filters.to)}
        </Button>
      ) : null}
      {said(filters).map(({ label, without }) => (
        <Button
          key={label}
          variant="subtle"
          rightSection={<IconX size={14} aria-hidden="true" />}
          title="Show others as well"
          onClick={() => set(without)}
        >
          {label}
        </Button>
      ))}
      {filters.period === "custom" ? (
        <>
          <TextInput
            type="date"
            aria-label="From"
            w={136}
            value={filters.from}
            max={filters.to}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            aria-label="To"
            w={136}
            value={filters.to}
            min={filters.from}
            onChange={(event) => set({ to: event.currentTarget.value })}
          />
        </>
      ) : null}
      <DebouncedInput
        label="Number"
        width={104}
        value={filters.number}
        onChange={(number) => set({ number: number.replace(/[^+0-9*#A-Za-z_.-]/g, "") })}
      />
      <Pick
        label="Type"
        width={128}
        value={filters.type}
        data={CALL_TYPES.map(plain)}
        onChange={(type) => set({ type: CALL_TYPES.find((one) => one === type) ?? "" })}
      />
      <Pick
        label="Agent"
        width={120}
        value={filters.agentId}
        data={optionsOf(agents)}
        onChange={(agentId) => set({ agentId })}
      />
      <Pick
        label="User"
        width={120}
        value={filters.userId}
        data={[
          { group: "Agents", items: optionsOf(agents) },
          { group: "Telephones", items: optionsOf(telephones) },
        ].filter((group) => group.items.length > 0)}
        onChange={(userId) => set({ userId })}
      />
      <Pick
        label="Telephone"
        width={120}
        value={filters.telephoneId}
        data={optionsOf(telephones)}
        onChange={(telephoneId) => set({ telephoneId })}
      />
      <Pick
        label="Queue"
        width={110}
        value={filters.queueId}
        data={optionsOf(queues)}
        onChange={(queueId) => set({ queueId })}
      />
      <Pick
        label="Answered"
        width={150}
        value={filters.answered}
        data={[
          { value: "yes", label: "Answered" },
          { value: "no", label: "Not answered" },
        ]}
        onChange={(answered) => set({ answered: answered === "yes" || answered === "no" ? answered : "" })}
      />
      <Pick
        label="Disposition"
        width={130}
        value={filters.disposition}
        data={[...new Set(dispositions.map(nameOf))].map(plain)}
        onChange={(disposition) => set({ disposition })}
      />
      {narrowing(filters) > 0 ? (
        <Button variant="subtle" onClick={() => props.onChange(cleared(filters))}>
          Clear
        </Button>
      ) : null}
    </search>
  );
}

/** Filters that other pages and groups say, and that have no field of their own: in words, and without them. */
function said(filters: ReportFilters): { label: string; without: Partial<ReportFilters> }[] {
  const { call, result, outcomePath, prefix, without } = filters;
  return [
    ...(call === "" ? [] : [{ label: "One call", without: { call: "" } }]),
    ...(result === "" ? [] : [{ label: RESULT_WORDS[result], without: { result: "" as const } }]),
    ...(outcomePath === "" ? [] : [{ label: outcomePath, without: { outcomePath: "" } }]),
    ...(prefix === "" ? [] : [{ label: `Prefix ${prefix}`, without: { prefix: "" } }]),
    ...without.map((one) => ({
      label: WITHOUT_WORDS[one],
      without: { without: without.filter((other) => other !== one) },
    })),
  ];
}

const plain = (value: string) => ({ value, label: value });

type Options = { value: string; label: string }[] | { group: string; items: { value: string; label: string }[] }[];

/** One filter: what it is stands in it until something is chosen. */
function Pick(props: {
  label: string;
  width: number;
  value: string;
  data: Options;
  onChange: (value: string) => void;
}) {
  return (
    <Select
      aria-label={props.label}
      placeholder={props.label}
      w={props.width}
      searchable
      clearable
      limit={200}
      nothingFoundMessage="Nothing by that name"
      data={props.data}
      value={props.value === "" ? null : props.value}
      className={props.value === "" ? "" : "report-narrows"}
      clearButtonProps={{ "aria-label": `Any ${props.label.toLowerCase()}` }}
      onChange={(value) => props.onChange(value ?? "")}
    />
  );
}
