import { itemsWaiting } from "../../model/item-view.ts";
import { useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";

/** How much waits in each queue, each a button that shows it alone. Nothing where nothing waits. */
export function ItemCountLine(props: { chosen: string; onChoose: (queueId: string) => void }) {
  const { me, snapshot } = useDesk();
  const time = useHouseTime();
  const { queues, taken, left, agents } = snapshot.items;
  if (itemsWaiting(snapshot.items) === 0 && queues.length === 0) return null;
  return (
    <fieldset className="item-counts" aria-label="Waiting by queue">
      {queues.map((queue) => (
        <button
          key={queue.id}
          type="button"
          aria-pressed={props.chosen === String(queue.id)}
          title={`${queue.name}: ${queue.since === null ? "none is open" : `the oldest since ${time.when(queue.since)}`}`}
          onClick={() => props.onChoose(props.chosen === String(queue.id) ? "" : String(queue.id))}
        >
          <span className="cut">{queue.name}</span> <strong>{queue.open}</strong>
          {queue.taken > 0 ? <span className="quiet">{queue.taken} taken</span> : null}
        </button>
      ))}
      {left > 0 ? (
        <span>
          Left for you <strong>{left}</strong>
        </span>
      ) : null}
      {agents !== null && agents.open > 0 ? (
        <span>
          Left for agents <strong>{agents.open}</strong>
        </span>
      ) : null}
      {me.role === "agent" && taken > 0 ? (
        <span>
          You have <strong>{taken}</strong>
        </span>
      ) : null}
    </fieldset>
  );
}
