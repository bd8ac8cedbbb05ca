import { Select } from "@mantine/core";
import type { FieldDrawing } from "../../../ui/field-drawing.ts";
import { useDeviceProfiles } from "./sheet-facts.ts";

/** The maker of a telephone, out of those the server knows. Empty: as the device calls itself. */
export function ModelSelect(props: FieldDrawing) {
  const profiles = useDeviceProfiles();
  return (
    <Select
      label={props.label}
      description={props.hint}
      error={props.problem}
      placeholder={props.blank}
      clearable
      searchable
      nothingFoundMessage="None by that name: choose “Any SIP telephone”"
      data={profiles.map(({ id, name }) => ({ value: id, label: name }))}
      value={typeof props.value === "string" ? props.value : null}
      onChange={props.set}
    />
  );
}
