import { Textarea, TextInput } from "@mantine/core";
import { type KeyboardEvent, useEffect, useState } from "react";

/** A field that saves itself when it is left changed (or at Enter); Escape gives back what was there. */
export function SavedField(props: {
  label: string;
  value: string;
  onSave: (value: string) => void;
  maxLength: number;
  required?: boolean;
  lines?: number;
  className?: string;
  error?: string | null;
}) {
  const [draft, setDraft] = useState(props.value);
  useEffect(() => setDraft(props.value), [props.value]);
  const missing = props.required === true && draft.trim() === "";
  const leave = () => {
    if (draft === props.value) return;
    if (missing) setDraft(props.value);
    else props.onSave(draft);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") setDraft(props.value);
    if (event.key === "Enter" && props.lines === undefined) leave();
  };
  const common = {
    label: props.label,
    value: draft,
    maxLength: props.maxLength,
    onBlur: leave,
    onKeyDown,
    error: props.error ?? (missing ? "This is needed." : undefined),
    ...(props.className === undefined ? {} : { className: props.className }),
  };
  return props.lines === undefined ? (
    <TextInput {...common} onChange={(event) => setDraft(event.currentTarget.value)} />
  ) : (
    <Textarea
      {...common}
      autosize
      minRows={2}
      maxRows={props.lines}
      onChange={(event) => setDraft(event.currentTarget.value)}
    />
  );
}
