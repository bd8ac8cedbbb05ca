import { Autocomplete } from "@mantine/core";
import { useState } from "react";
import { completions } from "../../model/projects/flow-variables.ts";

/** Text in which `{name}` stands for a variable; behind an open brace the names are offered. */
export function TemplateInput(props: {
  label: string;
  labelHidden?: boolean | undefined;
  description?: string | undefined;
  error?: string | undefined;
  disabled: boolean;
  required?: boolean | undefined;
  placeholder?: string | undefined;
  maxLength?: number | undefined;
  value: string;
  variables: () => string[];
  onChange: (value: string) => void;
  onBlur?: (() => void) | undefined;
}) {
  const [caret, setCaret] = useState<number | null>(null);
  const offered = caret === null ? [] : completions(props.value, caret, props.variables());
  const names = new Map(offered.map(({ name, text }) => [text, name]));
  return (
    <Autocomplete
      {...(props.labelHidden ? { "aria-label": props.label } : { label: props.label })}
      description={props.description}
      error={props.error}
      readOnly={props.disabled}
      withAsterisk={props.required ?? false}
      placeholder={props.placeholder ?? ""}
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
      autoComplete="off"
      value={props.value}
      data={[...names.keys()]}
      filter={({ options }) => options}
      renderOption={({ option }) => <code>{`{${names.get(option.value) ?? option.value}}`}</code>}
      onChange={props.onChange}
      onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
      onBlur={() => {
        setCaret(null);
        props.onBlur?.();
      }}
    />
  );
}
