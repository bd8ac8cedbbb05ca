import { ActionIcon, Input, Select } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import type { Queue } from "../../../contract/views.ts";
import type { FieldDrawing } from "../../ui/field-drawing.ts";
import { namesOf, optionsOf } from "./house.ts";

/** Queues one after the other, put in order by buttons. */
export function OrderedQueues(props: FieldDrawing & { queues: readonly Queue[] }) {
  const ids: number[] = Array.isArray(props.value) ? props.value.map((action: { queue: number }) => action.queue) : [];
  const set = (next: number[]) => props.set(next.map((queue) => ({ queue })));
  const swapped = (at: number, to: number) =>
    ids.map((id, each) => ids[each === at ? to : each === to ? at : each] ?? id);
  const left = props.queues.filter((queue) => !ids.includes(queue.id));
  const first = ids.length === 0;
  return (
    <Input.Wrapper
      label={props.label}
      description={props.hint}
      error={props.problem}
      withAsterisk={props.field.required}
      labelElement="div"
    >
      <ol className="admin-order">
        {ids.map((id, at) => {
          const name = namesOf(props.queues, [id]);
          return (
            <li key={id}>
              <span className="quiet">{at + 1}</span>
              <span className="cut">{name}</span>
              <ActionIcon
                size={24}
                aria-label={`${name} earlier`}
                disabled={at === 0}
                onClick={() => set(swapped(at, at - 1))}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                size={24}
                aria-label={`${name} later`}
                disabled={at === ids.length - 1}
                onClick={() => set(swapped(at, at + 1))}
              >
                <IconArrowDown size={14} />
              </ActionIcon>
              <ActionIcon size={24} aria-label={`Without ${name}`} onClick={() => set(ids.filter((one) => one !== id))}>
                <IconX size={14} />
              </ActionIcon>
            </li>
          );
        })}
      </ol>
      <Select
        aria-label={first ? "First queue" : "Then to"}
        placeholder={
          left.length > 0 ? (first ? "First to…" : "Then to…") : first ? "There is no queue yet" : "All queues are in"
        }
        nothingFoundMessage="No queue is left"
        data={optionsOf(left)}
        value={null}
        searchable={left.length > 8}
        onChange={(id) => id !== null && set([...ids, Number(id)])}
      />
    </Input.Wrapper>
  );
}
