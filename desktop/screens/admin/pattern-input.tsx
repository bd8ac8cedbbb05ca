import { TextInput } from "@mantine/core";
import { useState } from "react";
import { isPattern, takesPattern } from "../../../contract/dial-pattern.ts";
import { exampleOf, patternInWords, sentNumber } from "../../model/dial-pattern.ts";
import type { FieldDrawing } from "../../ui/field-drawing.ts";

/** A dial pattern with its meaning in words, an example, and a place to try a number. */
export function PatternInput(props: FieldDrawing & { stripDigits: number }) {
  const pattern = typeof props.value === "string" ? props.value : "";
  const [tried, setTried] = useState("");
  const number = tried === "" ? (exampleOf(pattern) ?? "") : tried;
  const sent = sentNumber(number, props.stripDigits);
  return (
    <>
      <TextInput
        label={props.label}
        description="X is any digit, Z is 1–9, N is 2–9, a dot at the end is one digit or more"
        error={props.problem}
        withAsterisk={props.field.required}
        autoComplete="off"
        spellCheck={false}
        value={pattern}
        onChange={(event) => props.set(event.currentTarget.value.toUpperCase())}
      />
      {isPattern(pattern) ? (
        <div className="admin-pattern">
          <p>{patternInWords(pattern)}</p>
          <TextInput
            size="xs"
            aria-label="Try a number"
            placeholder={number}
            value={tried}
            onChange={(event) => setTried(event.currentTarget.value.trim())}
          />
          <p role="status">
            {takesPattern(pattern, number) ? (
              sent === "" ? (
                <>Nothing would be left of {number} to send.</>
              ) : (
                <>
                  {number} goes out as <strong>{sent}</strong>
                </>
              )
            ) : (
              <>{number} does not take this route.</>
            )}
          </p>
        </div>
      ) : null}
    </>
  );
}
