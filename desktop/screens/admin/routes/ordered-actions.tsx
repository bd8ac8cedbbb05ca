import { ActionIcon, Input, Select, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconGripVertical, IconX } from "@tabler/icons-react";
import { type DragEvent, useState } from "react";
import type { InboundAction } from "../../../../contract/views.ts";
import { actionWords, moved } from "../../../model/route-words.ts";
import type { FieldDrawing } from "../../../ui/field-drawing.ts";
import { type House, optionsOf } from "../house.ts";
import "./routes.css";

/**
 * What becomes of a caller, one after the other: put in order by buttons, by Alt with the arrows, or by dragging. Each
 * may have its turn only while a calendar is open, or closed.
 */
export function OrderedActions(props: FieldDrawing & { house: House }) {
  const { house } = props;
  const actions: InboundAction[] = Array.isArray(props.value) ? props.value : [];
  const [dragged, setDragged] = useState<number | null>(null);
  const move = (from: number, to: number) => props.set(moved(actions, from, to));
  const change = (at: number, to: InboundAction) => props.set(actions.map((each, index) => (index === at ? to : each)));
  const drop = (event: DragEvent, to: number) => {
    event.preventDefault();
    if (dragged !== null) move(dragged, to);
    setDragged(null);
  };
  return (
    <Input.Wrapper
      label={props.label}
      description={props.hint}
      error={props.problem}
      withAsterisk={props.field.required}
      labelElement="div"
    >
      <ol className="route-actions">
        {actions.map((action, at) => {
          const name = actionWords(action, house);
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: the same action may stand there twice
              key={at}
              className={dragged === at ? "dragged" : undefined}
              onDragOver={(event) => event.preventDefault()}
              onDrop={(event) => drop(event, at)}
              onKeyDown={(event) => {
                if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
                event.preventDefault();
                move(at, event.key === "ArrowUp" ? at - 1 : at + 1);
              }}
            >
              <span
                className="route-grip"
                draggable
                aria-hidden="true"
                onDragStart={() => setDragged(at)}
                onDragEnd={() => setDragged(null)}
              >
                <IconGripVertical size={14} />
              </span>
              <span className="quiet">{at + 1}</span>
              {"number" in action ? (
                <TextInput
                  size="xs"
                  aria-label={`Number of step ${at + 1}`}
                  placeholder="Number, as a telephone dials it"
                  value={action.number}
                  onChange={(event) => change(at, { ...action, number: event.currentTarget.value.trim() })}
                />
              ) : (
                <span className="cut">{name}</span>
              )}
              <ActionIcon
                size={24}
                aria-label={`${name} earlier`}
                aria-keyshortcuts="Alt+ArrowUp"
                disabled={at === 0}
                onClick={() => move(at, at - 1)}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                size={24}
                aria-label={`${name} later`}
                aria-keyshortcuts="Alt+ArrowDown"
                disabled={at === actions.length - 1}
                onClick={() => move(at, at + 1)}
              >
                <IconArrowDown size={14} />
              </ActionIcon>
              <ActionIcon
                size={24}
                aria-label={`Without ${name}`}
                onClick={() => props.set(actions.filter((_, index) => index !== at))}
              >
                <IconX size={14} />
              </ActionIcon>
              {house.calendars.length === 0 && action.when === undefined ? null : (
                <Select
                  className="route-when"
                  size="xs"
                  aria-label={`When step ${at + 1} has its turn`}
                  allowDeselect={false}
                  data={whens(house)}
                  value={action.when === undefined ? "always" : `${action.when.is} ${action.when.calendar}`}
                  onChange={(value) => value !== null && change(at, atTimes(action, value))}
                />
              )}
            </li>
          );
        })}
      </ol>
      <Select
        aria-label={actions.length === 0 ? "First action" : "Then"}
        placeholder={actions.length === 0 ? "First to…" : "Then to…"}
        searchable
        limit={200}
        nothingFoundMessage="Nothing by that name"
        data={choices(house)}
        value={null}
        onChange={(value) => {
          const added = value === null ? null : actionOf(value);
          if (added !== null) props.set([...actions, added]);
        }}
      />
    </Input.Wrapper>
  );
}

const whens = ({ calendars }: House) => [
  { value: "always", label: "at any time" },
  ...calendars.flatMap(({ id, name }) => [
    { value: `open ${id}`, label: `while ${name} is open` },
    { value: `closed ${id}`, label: `while ${name} is closed` },
  ]),
];

function atTimes(action: InboundAction, value: string): InboundAction {
  const { when: _, ...rest } = action;
  const [is, calendar] = value.split(" ");
  return is === "open" || is === "closed" ? { ...rest, when: { calendar: Number(calendar), is } } : rest;
}

/** What can be added, by kinds. An agent needs a number to be called at. */
function choices(house: House) {
  const group = (name: string, kind: string, rows: Parameters<typeof optionsOf>[0]) => ({
    group: name,
    items: optionsOf(rows).map(({ value, label }) => ({ value: `${kind} ${value}`, label })),
  });
  return [
    group("Queues", "queue", house.queues),
    group("IVR projects", "project", house.projects),
    group(
      "Agents",
      "agent",
      house.agents.filter(({ internal }) => internal !== null),
    ),
    group("Telephones", "telephone", house.telephones),
    {
      group: "Otherwise",
      items: [
        { value: "number", label: "A number…" },
        { value: "hangup normal", label: "Hang up" },
        { value: "hangup busy", label: "Busy tone" },
        { value: "hangup rejected", label: "Reject the call" },
        { value: "hangup unallocated", label: "“No such number”" },
      ],
    },
  ];
}

function actionOf(value: string): InboundAction | null {
  const [kind, rest = ""] = value.split(" ");
  const id = Number(rest);
  switch (kind) {
    case "queue":
      return { queue: id };
    case "project":
      return { project: id };
    case "agent":
      return { agent: id };
    case "telephone":
      return { telephone: id };
    case "number":
      return { number: "" };
    default: {
      const cause = (["normal", "busy", "rejected", "unallocated"] as const).find((each) => each === rest);
      return cause === undefined ? null : { hangup: true, cause };
    }
  }
}
