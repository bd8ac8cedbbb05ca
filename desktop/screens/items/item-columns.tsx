import { IconPhoneOutgoing, IconRecordMail } from "@tabler/icons-react";
import type { Item } from "../../../contract/views.ts";
import type { HouseTime } from "../../model/house-time.ts";
import { ITEM_KIND_WORDS, itemFor, itemName, itemSoundWords, itemStateWords } from "../../model/item-view.ts";
import { phoneNumberText } from "../../model/phone-number.ts";
import type { Column } from "../../ui/table.tsx";
import { Timer } from "../../ui/timer.tsx";

/** The columns of items. The server sorts: what waits longest first, of others the newest. */
export function itemColumns(time: HouseTime, meId: number): Column<Item>[] {
  return [
    {
      id: "kind",
      title: "Kind",
      width: 112,
      unsorted: true,
      value: (item) => ITEM_KIND_WORDS[item.kind],
      cell: (item) => <ItemKindCell kind={item.kind} />,
    },
    {
      id: "waiting",
      title: "Waits",
      width: 76,
      numeric: true,
      unsorted: true,
      value: (item) => item.since,
      text: (item) => time.when(item.since),
      cell: (item) => (item.state === "done" ? "" : <Timer since={item.since} />),
    },
    {
      id: "caller",
      title: "Caller",
      width: 144,
      unsorted: true,
      value: itemName,
      cell: (item) => <span className={isNew(item) ? "item-new" : ""}>{itemName(item)}</span>,
    },
    { id: "for", title: "For", width: 112, unsorted: true, value: (item) => itemFor(item, meId) },
    {
      id: "length",
      title: "Message",
      width: 98,
      unsorted: true,
      value: (item) => itemSoundWords(item.sound),
      cell: (item) => <span className={isNew(item) ? "item-new" : ""}>{itemSoundWords(item.sound)}</span>,
    },
    {
      id: "state",
      title: "State",
      width: 160,
      unsorted: true,
      value: (item) => itemStateWords(item, meId, time),
      cell: (item) => (
        <span className={item.taken?.by.id === meId ? "item-mine" : ""}>{itemStateWords(item, meId, time)}</span>
      ),
    },
    {
      id: "number",
      title: "Number",
      width: 132,
      unsorted: true,
      value: (item) => phoneNumberText(item.number),
    },
    {
      id: "since",
      title: "Since",
      width: 100,
      unsorted: true,
      value: (item) => item.since,
      text: (item) => time.when(item.since),
    },
    {
      id: "attempts",
      title: "Calls",
      width: 56,
      numeric: true,
      unsorted: true,
      hidden: true,
      about: "How often somebody called on account of it",
      value: (item) => item.attempts,
      text: (item) => (item.attempts === 0 ? "" : String(item.attempts)),
    },
  ];
}

/** A message that nobody has heard. */
const isNew = ({ sound }: Item) => sound?.state === "kept" && sound.heard === null;

function ItemKindCell({ kind }: { kind: Item["kind"] }) {
  const Icon = kind === "voicemail" ? IconRecordMail : IconPhoneOutgoing;
  return (
    <span className="item-kind">
      <Icon size={16} stroke={1.5} aria-hidden="true" /> {ITEM_KIND_WORDS[kind]}
    </span>
  );
}
