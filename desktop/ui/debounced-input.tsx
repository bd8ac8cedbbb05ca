import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";

const PAUSE_MS = 300;

/** A field that tells what is typed once the typing pauses, or at Enter: for filters that ask the server. */
export function DebouncedInput(props: {
  label: string;
  width: number;
  value: string;
  onChange: (value: string) => void;
}) {
  const [text, setText] = useState(props.value);
  useEffect(() => setText(props.value), [props.value]);
  const tell = useDebouncedCallback(props.onChange, { delay: PAUSE_MS, flushOnUnmount: false });
  return (
    <TextInput
      aria-label={props.label}
      placeholder={props.label}
      w={props.width}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") tell.flush();
      }}
    />
  );
}
