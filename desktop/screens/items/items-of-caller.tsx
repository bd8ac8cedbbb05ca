import { Link } from "@tanstack/react-router";
import { ITEM_KIND_WORDS, itemFor, itemStateWords } from "../../model/item-view.ts";
import { useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { useItemsOfNumber } from "./use-items.ts";
import "./items.css";

/** What waits of somebody one talks with: a message, a wish to be called. Nothing where there is none. */
export function ItemsOfCaller({ number }: { number: string }) {
  const { me } = useDesk();
  const time = useHouseTime();
  const rows = useItemsOfNumber(number).data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="items-of-caller">
      <div className="panel-head">
        <h2 id="items-of-caller">Waiting of this caller</h2>
      </div>
      {rows.map((item) => (
        <Link key={item.id} to="/items" search={{ open: String(item.id) }} className="item-line">
          <span>{ITEM_KIND_WORDS[item.kind]}</span>
          <span className="quiet">{time.when(item.since)}</span>
          <span className="cut">{itemFor(item, me.id)}</span>
          <span className="cut quiet">{itemStateWords(item, me.id, time)}</span>
        </Link>
      ))}
    </section>
  );
}
