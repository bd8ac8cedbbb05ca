import { Link } from "@tanstack/react-router";
import { clockText } from "../../model/elapsed.ts";
import { itemsWaiting } from "../../model/item-view.ts";
import { useServerNow } from "../../ui/server-clock.tsx";
import { useDesk } from "../desk.ts";

/** Beside the day: how many items wait in each of my queues and how long the oldest has, what is mine. */
export function ItemsGroup() {
  const { me, snapshot } = useDesk();
  const now = useServerNow();
  const { queues, left, taken } = snapshot.items;
  const waiting = itemsWaiting(snapshot.items);
  const mine = left + taken;
  if (waiting === 0) return null;
  return (
    <section className="home-group" aria-labelledby="home-items">
      <h2 className="label" id="home-items">
        <span>Items</span>
        <span>{waiting}</span>
      </h2>
      {queues
        .filter((queue) => queue.open > 0)
        .map((queue) => (
          <Link key={queue.id} to="/items" search={{ queue: queue.id, state: "open" }} className="home-row">
            <span className="cut">{queue.name}</span>
            <span className="number">{queue.open}</span>
            <span className="number quiet">{queue.since === null ? "" : clockText(now - Date.parse(queue.since))}</span>
          </Link>
        ))}
      {mine > 0 ? (
        <Link to="/items" search={{ agent: me.id }} className="home-row home-row-strong">
          <span>Yours</span>
          <span className="number">{mine}</span>
          <span />
        </Link>
      ) : null}
    </section>
  );
}
