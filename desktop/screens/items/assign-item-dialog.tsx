import { Select } from "@mantine/core";
import { useState } from "react";
import type { ItemDetails } from "../../../contract/views.ts";
import { itemName } from "../../model/item-view.ts";
import { ConfirmAct } from "../../ui/confirm-act.tsx";
import { api, useDesk } from "../desk.ts";
import type { DoneAct } from "./done-act.ts";
import { useItemsChanged } from "./use-items.ts";

/** Asks a supervisor who gets an item: agents of its queue first, those who are there before the others. */
export function AssignItemDialog(props: {
  opened: boolean;
  item: ItemDetails;
  onDone: (done: DoneAct) => void;
  onClose: () => void;
}) {
  const { item } = props;
  const { snapshot } = useDesk();
  const changed = useItemsChanged();
  const [to, setTo] = useState<string | null>(null);
  const queueId = item.queue?.id;
  const had = item.taken?.by;
  const agents = (snapshot.agents ?? []).filter(({ id }) => id !== had?.id);
  const chosen = agents.find(({ id }) => String(id) === to);
  const groups = Map.groupBy(
    agents.toSorted((a, b) => Number(a.session === null) - Number(b.session === null)),
    ({ queues }) => queueId !== undefined && queues.includes(queueId),
  );
  const items = (inQueue: boolean) =>
    (groups.get(inQueue) ?? []).map(({ id, name, session }) => ({
      value: String(id),
      label: session === null ? `${name}, not logged in` : name,
    }));
  const close = () => {
    setTo(null);
    props.onClose();
  };
  const assign = async () => {
    if (chosen === undefined) return;
    await api.assignItem(item.id, chosen.id);
    void changed();
    const undo = () => (had === undefined ? api.giveBackItem(item.id) : api.assignItem(item.id, had.id));
    props.onDone({ text: `${chosen.name} has ${itemName(item)} now.`, undo });
  };
  return (
    <ConfirmAct
      opened={props.opened}
      title={`Assign ${itemName(item)}?`}
      act="Assign"
      unready={chosen === undefined}
      onClose={close}
      onConfirm={assign}
    >
      <p>
        {had === undefined ? "Nobody has it yet." : `${had.name} has it, and loses it by this.`} Whoever is chosen here
        sees it among what they have taken.
      </p>
      <Select
        data-autofocus
        label="Who gets it"
        data={[
          ...(queueId === undefined ? [] : [{ group: `In ${item.queue?.name ?? ""}`, items: items(true) }]),
          { group: queueId === undefined ? "Agents" : "Others", items: items(false) },
        ].filter((group) => group.items.length > 0)}
        value={to}
        onChange={setTo}
        searchable
        nothingFoundMessage="Nobody by that name"
        comboboxProps={{ withinPortal: false }}
      />
    </ConfirmAct>
  );
}
