import { useState } from "react";
import type { Item, ItemDetails } from "../../../contract/views.ts";
import { pathText } from "../../model/disposition-cursor.ts";
import { counted } from "../../model/elapsed.ts";
import { ITEM_KIND_WORDS, itemFor, itemName, itemRights } from "../../model/item-view.ts";
import { phoneNumberText } from "../../model/phone-number.ts";
import { ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { useServerNow } from "../../ui/server-clock.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { StateShape } from "../../ui/state.tsx";
import { Timer } from "../../ui/timer.tsx";
import { ContactPanel } from "../contact-panel.tsx";
import { useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { NumberHistory } from "../number-history.tsx";
import type { DoneAct } from "./done-act.ts";
import { ItemActs } from "./item-acts.tsx";
import { ItemDisposition } from "./item-disposition.tsx";
import { ItemHistory } from "./item-history.tsx";
import { ItemMessage } from "./item-message.tsx";
import { useItem } from "./use-items.ts";
import "../call-card.css";

interface Told {
  onDone: (done: DoneAct) => void;
  onClose: () => void;
  /** Shows it again after it was closed. */
  onOpen: () => void;
}

/** One item and all that is done with it: heard, taken, called, disposed, and who the caller is. */
export function ItemPanel(props: Told & { id: number; row: Item | undefined }) {
  const { id, row } = props;
  const read = useItem(id, row);
  return (
    <SidePanel
      wide
      title={read.data === undefined ? "Item" : itemName(read.data)}
      about={read.data === undefined ? "" : String(id)}
      onClose={props.onClose}
    >
      {read.data === undefined ? (
        read.error ? (
          <ErrorState error={read.error} onRetry={() => void read.refetch()} />
        ) : (
          <LoadingRows rows={6} label="Loading the item" />
        )
      ) : (
        <Opened
          item={read.data}
          arrived={!read.isPlaceholderData}
          onRead={() => void read.refetch()}
          onDone={props.onDone}
          onClose={props.onClose}
          onOpen={props.onOpen}
        />
      )}
    </SidePanel>
  );
}

function Opened(props: Told & { item: ItemDetails; arrived: boolean; onRead: () => void }) {
  const { item } = props;
  const { me } = useDesk();
  const now = useServerNow();
  const [chosen, setContact] = useState<Item["contact"]>(null);
  const contact = chosen ?? item.contact;
  const rights = itemRights(item, me, now);
  const number = item.number || item.caller;
  return (
    <div className="item">
      <Facts item={item} />
      <ItemActs item={item} rights={rights} onDone={props.onDone} />
      <ItemMessage item={item} arrived={props.arrived} onRead={props.onRead} />
      {item.state === "done" ? (
        <Outcome item={item} />
      ) : (
        <ItemDisposition
          item={item}
          mayDispose={rights.dispose}
          contactId={contact?.id ?? null}
          onDone={props.onDone}
          onClose={props.onClose}
          onOpen={props.onOpen}
        />
      )}
      <ContactPanel number={number} hint={contact} onContact={setContact} />
      {me.role === "agent" && number !== "" ? <NumberHistory number={number} except="" /> : null}
      <ItemHistory item={item} arrived={props.arrived} />
    </div>
  );
}

function Facts({ item }: { item: ItemDetails }) {
  const { me } = useDesk();
  const time = useHouseTime();
  const { taken } = item;
  const number = phoneNumberText(item.number);
  const caller = phoneNumberText(item.caller);
  return (
    <div className="item-facts">
      <p className="lead">
        {ITEM_KIND_WORDS[item.kind]} · {itemFor(item, me.id)}
        {item.state === "done" ? null : (
          <span className="push">
            waits <Timer since={item.since} />
          </span>
        )}
      </p>
      <p>
        Since {time.when(item.since)}
        {number === "" ? ". The number was withheld." : `, from ${caller || "a number that was withheld"}.`}
        {number === caller || number === "" ? "" : ` To be called at ${number}.`}
      </p>
      {item.wantedAt === null ? null : <p>Wants to be called at {time.when(item.wantedAt)}.</p>}
      {item.attempts === 0 ? null : (
        <p>
          Called {counted(item.attempts, "time")}
          {item.lastAttemptAt === null ? "" : `, last at ${time.when(item.lastAttemptAt)}`}.
        </p>
      )}
      {taken === null ? null : (
        <p className={taken.by.id === me.id ? "item-mine" : ""}>
          {taken.by.id === me.id ? "You have it" : `${taken.by.name} has it`} since {time.when(taken.since)}.
        </p>
      )}
    </div>
  );
}

function Outcome({ item }: { item: ItemDetails }) {
  const time = useHouseTime();
  const { done } = item;
  if (done === null) return null;
  return (
    <section className="panel" aria-labelledby="item-outcome">
      <div className="panel-head">
        <h2 id="item-outcome">Disposition</h2>
      </div>
      <p className="outcome">
        <StateShape name="ready" />
        <strong className="cut">{pathText(done.disposition) || "Ended by the house"}</strong>
        <span className="quiet">
          {done.by === null ? "" : `${done.by.name}, `}
          {time.when(done.at)}
        </span>
      </p>
      {done.note === null ? null : <p className="item-note">{done.note}</p>}
    </section>
  );
}
