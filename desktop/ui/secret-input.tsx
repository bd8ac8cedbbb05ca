import { Button, Input, TextInput } from "@mantine/core";
import { KEPT } from "../model/form-fields.ts";
import { secretFrom } from "../model/new-secret.ts";
import type { FieldDrawing } from "./field-drawing.ts";

/**
 * A secret: written, never read. One that is set shows only that it is; typing a new one replaces it. What is typed is
 * readable, because somebody has to copy it to a device or tell it to a person. `generates` offers a strong one.
 */
export function SecretInput(props: FieldDrawing & { generates?: boolean }) {
  const { field, value, set } = props;
  if (value === KEPT) {
    return (
      <Input.Wrapper label={props.label} description={props.hint} error={props.problem} labelElement="div">
        <div className="secret-line">
          <span>Set</span>
          <Button size="xs" onClick={() => set("")}>
            Change
          </Button>
          {field.nullable ? (
            <Button size="xs" onClick={() => set(null)}>
              Remove
            </Button>
          ) : null}
        </div>
      </Input.Wrapper>
    );
  }
  return (
    <div className="secret-line">
      <TextInput
        label={props.label}
        description={props.hint}
        error={props.problem}
        withAsterisk={field.required}
        placeholder={field.required ? "" : "Not set"}
        autoComplete="off"
        spellCheck={false}
        value={typeof value === "string" ? value : ""}
        onChange={(event) => set(event.currentTarget.value)}
        {...(props.first ? { "data-first": true } : {})}
      />
      {props.generates ? (
        <Button
          style={{ alignSelf: props.problem ? "center" : "end" }}
          onClick={() => set(secretFrom(crypto.getRandomValues(new Uint8Array(64))))}
        >
          Generate
        </Button>
      ) : null}
    </div>
  );
}
