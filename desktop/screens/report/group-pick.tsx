import { Select } from "@mantine/core";
import { GROUP_WORDS, type GroupBy } from "../../model/report-call-words.ts";

const OPTIONS = [
  { value: "", label: "Not in groups" },
  ...Object.entries(GROUP_WORDS).map(([value, label]) => ({ value, label: `By ${uncapitalised(label)}` })),
];

/** By what the rows are put together, or that each stands for itself. */
export function GroupPick(props: { value: "" | GroupBy; onChange: (value: "" | GroupBy) => void }) {
  return (
    <Select
      aria-label="Group by"
      w={158}
      data={OPTIONS}
      value={props.value}
      allowDeselect={false}
      onChange={(value) => props.onChange(isGroup(value) ? value : "")}
    />
  );
}

const isGroup = (value: string | null): value is GroupBy => value !== null && value in GROUP_WORDS;

function uncapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
