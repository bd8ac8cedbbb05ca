import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { ItemDetails } from "../../../contract/views.ts";
import { type ItemRights, itemName } from "../../model/item-view.ts";
import { phoneNumberText } from "../../model/phone-number.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { dialBy } from "../click-to-dial.ts";
import { api, useDesk } from "../desk.ts";
import { useAct } from "../use-act.ts";
import { AssignItemDialog } from "./assign-item-dialog.tsx";
import type { DoneAct } from "./done-act.ts";
import { useItemsChanged } from "./use-items.ts";

/** What can be done with an item now. The first of it has the focus, also when an act has changed what there is. */
export function ItemActs(props: { item: ItemDetails; rights: ItemRights; onDone: (done: DoneAct) => void }) {
  const { item, rights, onDone } = props;
  const { me, snapshot, connected } = useDesk();
  const act = useAct();
  const changed = useItemsChanged();
  const [assigning, setAssigning] = useState(false);
  const acts = useRef<HTMLDivElement>(null);
  const idle = connected && !act.busy;
  const name = itemName(item);

  // A button that has done its work goes away and would take the focus with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when an act is over or the item stands otherwise
  useEffect(() => {
    if (act.busy || document.activeElement !== document.body) return;
    acts.current?.querySelector<HTMLElement>("button:not([disabled])")?.focus({ preventScroll: true });
  }, [act.busy, item.state, item.taken?.by.id]);

  // What was refused while another had it is over once it is open again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it becomes open, not when the refusal comes
  useEffect(() => {
    if (item.state === "open") act.clear();
  }, [item.state]);

  const run = (send: () => Promise<unknown>) =>
    act.run(async () => {
      try {
        await send();
      } finally {
        // Refused or not: who was quicker is shown at once.
        await changed();
      }
    });
  const giveBack = async () => {
    const had = item.taken?.by;
    if (!(await run(() => api.giveBackItem(item.id))) || had === undefined) return;
    const undo = () => (had.id === me.id ? api.takeItem(item.id) : api.assignItem(item.id, had.id));
    onDone({ text: `${name} is open again for everybody.`, undo });
  };
  const whyNot = cannotCall(snapshot);
  return (
    <div className="item-acts" ref={acts}>
      {rights.take ? (
        <Button data-first variant="filled" disabled={!idle} onClick={() => void run(() => api.takeItem(item.id))}>
          Take
        </Button>
      ) : null}
      {rights.call ? (
        <Button
          data-first
          variant={rights.take ? "default" : "filled"}
          disabled={!idle || whyNot !== null}
          title={whyNot ?? "Your telephone rings, then the number is called from there"}
          onClick={() => void run(() => dialBy(item.number, () => api.callItem(item.id)))}
        >
          Call {phoneNumberText(item.number)}
        </Button>
      ) : null}
      {rights.giveBack ? (
        <Button disabled={!idle} onClick={() => void giveBack()}>
          Give back
        </Button>
      ) : null}
      {rights.assign ? (
        <Button data-first disabled={!connected} aria-haspopup="dialog" onClick={() => setAssigning(true)}>
          Assign…
        </Button>
      ) : null}
      {rights.reopen ? (
        <Button disabled={!idle} onClick={() => void run(() => api.reopenItem(item.id))}>
          Reopen
        </Button>
      ) : null}
      {rights.call && whyNot !== null ? <span className="quiet">{whyNot}</span> : null}
      <ErrorLine error={act.error} />
      {rights.assign ? (
        <AssignItemDialog opened={assigning} item={item} onDone={onDone} onClose={() => setAssigning(false)} />
      ) : null}
    </div>
  );
}

/** Why nothing can be called from here now, in words; null where it can. */
function cannotCall(snapshot: ReturnType<typeof useDesk>["snapshot"]): string | null {
  if (snapshot.session === null) return "Choose a telephone first, then you can call.";
  return snapshot.legs.some((leg) => leg.state !== "ended") ? "You are on a call." : null;
}
