import type { ItemDetails } from "../../../contract/views.ts";
import { itemActSentence } from "../../model/item-view.ts";
import { LoadingRows } from "../../ui/blank.tsx";
import { useHouseTime } from "../house-settings.ts";

/** What was done with an item, by whom and when. */
export function ItemHistory(props: { item: ItemDetails; arrived: boolean }) {
  const time = useHouseTime();
  return (
    <section className="panel" aria-labelledby="item-history">
      <div className="panel-head">
        <h2 id="item-history">What was done</h2>
      </div>
      {props.arrived ? (
        <ol className="item-history">
          {props.item.acts.map((act, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: acts are only ever added at the end
            <li key={at}>
              <span className="quiet number">{time.when(act.at)}</span>
              <span>{itemActSentence(act)}</span>
            </li>
          ))}
        </ol>
      ) : (
        <LoadingRows rows={2} label="Loading what was done" />
      )}
    </section>
  );
}
