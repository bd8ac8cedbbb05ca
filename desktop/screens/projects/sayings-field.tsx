import { Button, Menu, Select } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { SayingOption } from "../../../contract/flow.ts";
import type { FieldFrame } from "./field-frame.ts";
import { RowList } from "./row-list.tsx";
import { TemplateInput } from "./template-input.tsx";

const KINDS = {
  text: "Text, spoken",
  prompt: "Prompt",
  number: "Number",
  digits: "Digits, one by one",
  date: "Date",
  time: "Time of day",
  recording: "Recording",
} as const;
type SayingKind = keyof typeof KINDS;

const kindOf = (saying: SayingOption): SayingKind =>
  (Object.keys(KINDS) as SayingKind[]).find((kind) => kind in saying) ?? "text";
const wordsOf = (saying: SayingOption): string => {
  const value = Object.values(saying)[0];
  return typeof value === "string" ? value : "";
};

/** What is said to a caller: prompts, texts, numbers, one after the other. */
export function SayingsField(props: FieldFrame) {
  const { designer } = props;
  const sayings = Array.isArray(props.value) ? (props.value as SayingOption[]) : [];
  const { options, missing, nameOf } = designer.references;
  const set = (at: number, saying: SayingOption) =>
    props.set(
      sayings.map((one, each) => (each === at ? saying : one)),
      at,
    );
  const kinds = Object.entries(KINDS).filter(([kind]) => kind !== "prompt" || missing("prompt") === null);
  return (
    <RowList
      label={props.label}
      description={props.description}
      error={props.problem}
      one="saying"
      rows={sayings}
      fixed={props.fixed}
      required={props.required}
      most={props.schema.maxItems}
      onChange={(rows) => props.set(rows)}
      draw={(saying, at) =>
        "prompt" in saying ? (
          <Select
            aria-label={`Prompt ${at + 1}`}
            data={
              nameOf("prompt", saying.prompt) === null
                ? [{ value: String(saying.prompt), label: `prompt #${saying.prompt}` }, ...options("prompt")]
                : options("prompt")
            }
            value={String(saying.prompt)}
            searchable
            readOnly={props.fixed}
            allowDeselect={false}
            nothingFoundMessage="No prompt by that name"
            onChange={(id) => id !== null && set(at, { prompt: Number(id) })}
          />
        ) : (
          <TemplateInput
            label={`${KINDS[kindOf(saying)]} ${at + 1}`}
            labelHidden
            placeholder={`${KINDS[kindOf(saying)]}${kindOf(saying) === "text" ? "" : ", or {variable}"}`}
            disabled={props.fixed}
            variables={designer.variables}
            value={wordsOf(saying)}
            onChange={(value) => set(at, { [kindOf(saying)]: value } as SayingOption)}
            onBlur={designer.close}
          />
        )
      }
      adder={
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size="xs" leftSection={<IconPlus size={14} />}>
              Say…
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {kinds.map(([kind, words]) => (
              <Menu.Item
                key={kind}
                onClick={() => props.set([...sayings, fresh(kind as SayingKind, options("prompt")[0]?.value)])}
              >
                {words}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
    />
  );
}

function fresh(kind: SayingKind, firstPrompt: string | undefined): SayingOption {
  if (kind === "prompt") return { prompt: Number(firstPrompt) };
  return { [kind]: "" } as SayingOption;
}
