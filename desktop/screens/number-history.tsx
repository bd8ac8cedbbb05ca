import { useQuery } from "@tanstack/react-query";
import { durationText } from "../model/elapsed.ts";
import { ErrorLine } from "../ui/blank.tsx";
import { otherNumber, outcomeOf } from "./call-columns.tsx";
import { api } from "./desk.ts";
import { useHouseTime } from "./house-settings.ts";

const RECENT = 200;
const SHOWN = 20;
const TAIL = 8;

/** What I talked with this number before. By the last digits, because the same number travels in several forms. */
export function NumberHistory(props: { number: string; except: string }) {
  const time = useHouseTime();
  const tail = props.number.replace(/\D/g, "").slice(-TAIL);
  const calls = useQuery({
    queryKey: ["voice-calls", "recent"],
    queryFn: () => api.voiceCalls({ limit: RECENT }),
    staleTime: 30_000,
  });
  const rows = (calls.data?.rows ?? [])
    .filter((row) => tail !== "" && row.legId !== props.except)
    .filter((row) => otherNumber(row).replace(/\D/g, "").endsWith(tail))
    .slice(0, SHOWN);
  return (
    <section className="panel" aria-labelledby="history-title">
      <div className="panel-head">
        <h2 id="history-title">Your calls with this number</h2>
      </div>
      <ErrorLine error={calls.error} />
      {rows.map((row) => (
        <div className="history-line" key={row.id}>
          <span>{time.when(row.startedAt)}</span>
          <span className="quiet">{row.type === "outbound" ? "out" : "in"}</span>
          <span className="cut">{outcomeOf(row) ?? (row.answeredAt ? "" : "not answered")}</span>
          <span className="number quiet">{row.answeredAt ? durationText(row.billableS) : ""}</span>
        </div>
      ))}
      {rows.length === 0 && calls.isSuccess ? <p className="quiet">No earlier calls with this number.</p> : null}
    </section>
  );
}
