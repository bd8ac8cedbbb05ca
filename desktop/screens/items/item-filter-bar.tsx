import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import type { ItemFilters } from "../../model/item-filters.ts";
import { ITEM_KIND_WORDS } from "../../model/item-view.ts";
import { DebouncedInput } from "../../ui/debounced-input.tsx";
import { optionsOf } from "../admin/house.ts";
import { useHouseList } from "../admin/house-lists.ts";
import { useDesk } from "../desk.ts";

/** Lists change a few times a year. */
const AGAIN_MS = 60_000;

const STATE_WORDS: Record<ItemFilters["state"], string> = {
  waiting: "Waiting",
  open: "Open",
  taken: "Taken",
  done: "Done",
  all: "All",
};

/** What is shown of the items. All of it stands in the address. */
export function ItemFilterBar(props: { filters: ItemFilters; onChange: (some: Partial<ItemFilters>) => void }) {
  const { filters, onChange } = props;
  const { me } = useDesk();
  return (
    <search className="item-filters">
      <NativeSelect
        aria-label="State"
        value={filters.state}
        data={Object.entries(STATE_WORDS).map(([value, label]) => ({ value, label }))}
        onChange={(event) => onChange({ state: event.currentTarget.value as ItemFilters["state"] })}
      />
      <NativeSelect
        aria-label="Kind"
        value={filters.kind}
        data={[
          { value: "", label: "All kinds" },
          ...Object.entries(ITEM_KIND_WORDS).map(([value, label]) => ({ value, label })),
        ]}
        onChange={(event) => onChange({ kind: event.currentTarget.value as ItemFilters["kind"] })}
      />
      {me.role === "agent" ? (
        <Checkbox
          label="Mine"
          title="Left for you, taken or disposed by you"
          checked={filters.agent === String(me.id)}
          onChange={(event) => onChange({ agent: event.currentTarget.checked ? String(me.id) : "" })}
        />
      ) : (
        <>
          <Pick
            name="queues"
            label="Queue"
            all="All queues"
            value={filters.queue}
            onChange={(queue) => onChange({ queue })}
          />
          <Pick
            name="agents"
            label="Agent"
            all="All agents"
            value={filters.agent}
            onChange={(agent) => onChange({ agent })}
          />
        </>
      )}
      <TextInput
        type="date"
        aria-label="Day"
        value={filters.day}
        onChange={(event) => onChange({ day: event.currentTarget.value })}
      />
      <DebouncedInput label="Number" width={132} value={filters.number} onChange={(number) => onChange({ number })} />
    </search>
  );
}

function Pick(props: {
  name: "queues" | "agents";
  label: string;
  all: string;
  value: string;
  onChange: (id: string) => void;
}) {
  const list = useHouseList(props.name, AGAIN_MS);
  return (
    <NativeSelect
      aria-label={props.label}
      value={props.value}
      data={[{ value: "", label: props.all }, ...optionsOf(list.data?.rows ?? [])]}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
