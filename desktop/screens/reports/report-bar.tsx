import { Button, Select, TextInput } from "@mantine/core";
import { REPORT_PERIODS } from "../../../contract/report-period.ts";
import type { ReportAsked, ReportDescription } from "../../../contract/views.ts";
import { askedForDays, daysAsked, groupsOf, isWholeDays, PERIOD_WORDS } from "../../model/report-address.ts";
import { DebouncedInput } from "../../ui/debounced-input.tsx";
import { optionsOf } from "../admin/house.ts";
import { useHouseList } from "../admin/house-lists.ts";
import { useDesk } from "../desk.ts";
import { useHouseTime, useSettings } from "../house-settings.ts";

interface Props {
  report: ReportDescription;
  asked: ReportAsked;
  onChange: (asked: ReportAsked) => void;
}

/** What a report is asked for: when, by what, of whom. All of it stands in the address. */
export function ReportBar({ report, asked, onChange }: Props) {
  const groups = groupsOf(asked, report);
  const group = (at: number, key: string | null) => {
    const next = groups.toSpliced(at, 1, ...(key === null ? [] : [key]));
    onChange({ ...asked, groupBy: [...new Set(next)].join(",") });
  };
  const others = (at: number) =>
    report.groupings
      .filter(({ key }) => groups[at] === key || !groups.includes(key))
      .map(({ key, title }) => ({ value: key, label: title }));
  const narrowing = report.params.filter(({ key }) => (asked[key] ?? "") !== "");
  return (
    <search className="report-bar">
      <PeriodPick asked={asked} onChange={onChange} />
      {report.groupings.length === 0 ? null : (
        <>
          <Select
            aria-label="Group by"
            w={164}
            data={others(0)}
            value={groups[0] ?? null}
            placeholder="All in one row"
            clearable
            clearButtonProps={{ "aria-label": "All in one row" }}
            onChange={(key) => group(0, key)}
          />
          {groups.length === 0 || report.groupings.length < 2 ? null : (
            <Select
              aria-label="and by"
              w={164}
              data={others(1)}
              value={groups[1] ?? null}
              placeholder="and by"
              clearable
              clearButtonProps={{ "aria-label": "Not by a second" }}
              onChange={(key) => group(1, key)}
            />
          )}
        </>
      )}
      {report.params.map((param) => (
        <ParamPick
          key={param.key}
          param={param}
          value={asked[param.key] ?? ""}
          onChange={(value) => {
            const { [param.key]: _, ...rest } = asked;
            onChange(value === "" ? rest : { ...rest, [param.key]: value });
          }}
        />
      ))}
      {narrowing.length === 0 ? null : (
        <Button
          variant="subtle"
          onClick={() =>
            onChange(
              Object.fromEntries(Object.entries(asked).filter(([key]) => !narrowing.some((one) => one.key === key))),
            )
          }
        >
          Clear
        </Button>
      )}
    </search>
  );
}

function PeriodPick({ asked, onChange }: Pick<Props, "asked" | "onChange">) {
  const time = useHouseTime();
  const calendar = { zone: time.zone, firstDay: useSettings().data?.firstDayOfWeek ?? 1 };
  const days = daysAsked(asked, new Date(time.now).toISOString(), calendar);
  const custom = asked.from !== undefined;
  const set = (part: Partial<typeof days>) => onChange(askedForDays(asked, { ...days, ...part }, time.zone));
  const toPeriod = (period: string) => {
    const { from: _, to: __, ...rest } = asked;
    onChange({ ...rest, period });
  };
  return (
    <>
      <Select
        aria-label="Period"
        w={124}
        data={[
          ...REPORT_PERIODS.map((value) => ({ value, label: PERIOD_WORDS[value] })),
          { value: "", label: "From – to" },
        ]}
        value={custom ? "" : (asked.period ?? "today")}
        onChange={(value) => (value === "" || value === null ? set({}) : toPeriod(value))}
      />
      {custom && !isWholeDays(asked, time.zone) ? (
        <Button variant="subtle" onClick={() => set({})} title="Show the whole days">
          {time.when(asked.from ?? "")} – {time.when(asked.to ?? "")}
        </Button>
      ) : custom ? (
        <>
          <TextInput
            type="date"
            aria-label="From"
            w={136}
            value={days.from}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            aria-label="To"
            w={136}
            value={days.to}
            onChange={(event) => set({ to: event.currentTarget.value })}
          />
        </>
      ) : null}
    </>
  );
}

type Param = ReportDescription["params"][number];

function ParamPick({ param, value, onChange }: { param: Param; value: string; onChange: (value: string) => void }) {
  const { me } = useDesk();
  if (param.kind === "text") {
    return (
      <DebouncedInput
        label={param.title}
        width={112}
        value={value}
        onChange={(typed) => onChange(typed.replace(/[^0-9*#]/g, ""))}
      />
    );
  }
  // An agent sees what is his own: whose it is need not be asked.
  if (param.kind === "agent" && me.role === "agent") return null;
  if (param.kind === "choice") {
    const usual = param.otherwise !== "";
    return (
      <Select
        aria-label={param.title}
        placeholder={param.title}
        w={usual ? 214 : 136}
        data={param.choices.map((one) => ({
          ...one,
          label: usual ? `${param.title}: ${uncapitalised(one.label)}` : one.label,
        }))}
        value={value === "" ? param.otherwise || null : value}
        clearable={!usual}
        className={value === "" ? "" : "report-narrows"}
        clearButtonProps={{ "aria-label": `Any ${param.title.toLowerCase()}` }}
        onChange={(next) => onChange(next === null || next === param.otherwise ? "" : next)}
      />
    );
  }
  return <HousePick param={param} value={value} onChange={onChange} />;
}

const uncapitalised = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

const LISTS = { queue: "queues", agent: "agents", telephone: "telephones" } as const;

function HousePick({ param, value, onChange }: { param: Param; value: string; onChange: (value: string) => void }) {
  const { me } = useDesk();
  const list = useHouseList(LISTS[param.kind as keyof typeof LISTS], 60_000);
  if (me.role === "agent" && param.kind !== "queue") return null;
  return (
    <Select
      aria-label={param.title}
      placeholder={param.title}
      w={136}
      searchable
      clearable
      limit={200}
      nothingFoundMessage="Nothing by that name"
      data={optionsOf(list.data?.rows ?? [])}
      value={value === "" ? null : value}
      className={value === "" ? "" : "report-narrows"}
      clearButtonProps={{ "aria-label": `Any ${param.title.toLowerCase()}` }}
      onChange={(next) => onChange(next ?? "")}
    />
  );
}
