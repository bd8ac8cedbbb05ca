import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ITEM_KIND_WORDS, itemFor, itemRights, itemStateWords } from "../../model/item-view.ts";
import { useServerNow } from "../../ui/server-clock.tsx";
import { useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { useItemsOfNumber } from "./use-items.ts";
import "./items.css";

/**
 * What waits of somebody one talks with: a message, a wish to be called. Each can be chosen to be done with by the
 * outcome of the call; none is unless it was chosen, or somebody might wait for nothing. Nothing where there is none.
 */
export function ItemsOfCaller(props: {
  number: string;
  chosen: readonly number[];
  onChoose: (chosen: number[]) => void;
}) {
  const { chosen } = props;
  const { me } = useDesk();
  const time = useHouseTime();
  const now = useServerNow();
  const rows = useItemsOfNumber(props.number).data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="items-of-caller">
      <div className="panel-head">
        <h2 id="items-of-caller">Waiting of this caller</h2>
        <span className="panel-note">Chosen ones get the outcome of the call</span>
      </div>
      {rows.map((item) => (
        <div key={item.id} className="item-line">
          <Checkbox
            aria-label={`Done with the ${ITEM_KIND_WORDS[item.kind].toLowerCase()} of ${time.when(item.since)} too`}
            checked={chosen.includes(item.id)}
            disabled={!itemRights(item, me, now).dispose}
            onChange={(event) =>
              props.onChoose(
                event.currentTarget.checked ? [...chosen, item.id] : chosen.filter((one) => one !== item.id),
              )
            }
          />
          <Link to="/items" search={{ open: item.id }}>
            {ITEM_KIND_WORDS[item.kind]}
          </Link>
          <span className="quiet">{time.when(item.since)}</span>
          <span className="cut">{itemFor(item, me.id)}</span>
          <span className="cut quiet">{itemStateWords(item, me.id, time)}</span>
        </div>
      ))}
    </section>
  );
}
