import { ActionIcon, Button, Checkbox, TextInput } from "@mantine/core";
import { IconStar, IconStarFilled, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { RecordingDetails } from "../../../contract/views.ts";
import { clockText } from "../../model/elapsed.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { api, useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { useAct } from "../use-act.ts";

const STARS = [1, 2, 3, 4, 5];

/** My rating, the others', and the comments, each with who wrote it and when, on a place or on all of it. */
export function Remarks(props: { recording: RecordingDetails; placeMs: number; onPlace: (placeMs: number) => void }) {
  const { recording, placeMs } = props;
  const { snapshot } = useDesk();
  const queries = useQueryClient();
  const time = useHouseTime();
  const act = useAct();
  const [text, setText] = useState("");
  const [placed, setPlaced] = useState(true);
  const { me } = snapshot;
  const mine = recording.ratings.find(({ author }) => author.id === me.id)?.rating ?? null;
  const others = recording.ratings.filter(({ author }) => author.id !== me.id);
  const read = () => {
    void queries.invalidateQueries({ queryKey: ["recording", recording.id] });
    void queries.invalidateQueries({ queryKey: ["recordings"] });
  };
  const run = async (change: () => Promise<unknown>) => {
    const done = await act.run(change);
    if (done) read();
    return done;
  };
  const write = async (event: FormEvent) => {
    event.preventDefault();
    const body = { text, placeMs: placed ? Math.round(placeMs) : null };
    if (await run(() => api.commentRecording(recording.id, body))) setText("");
  };

  return (
    <section className="player" aria-label="What was said of it">
      {me.role === "agent" ? null : (
        <fieldset className="rating">
          <legend className="label">My rating</legend>
          {STARS.map((star) => (
            <ActionIcon
              key={star}
              aria-label={star === mine ? `${star} of 5: take it back` : `${star} of 5`}
              aria-pressed={mine !== null && star <= mine}
              disabled={act.busy}
              onClick={() => void run(() => api.rateRecording(recording.id, star === mine ? null : star))}
            >
              {mine !== null && star <= mine ? <IconStarFilled size={16} /> : <IconStar size={16} />}
            </ActionIcon>
          ))}
          {others.map(({ author, rating }) => (
            <span key={author.id} className="quiet">
              {author.name}: {rating} of 5
            </span>
          ))}
        </fieldset>
      )}
      <ul className="remarks" aria-label="Comments">
        {recording.remarks.map((remark) => {
          const { placeMs: place } = remark;
          return (
            <li key={remark.id} className="remark">
              {place === null ? null : (
                <Button size="xs" onClick={() => props.onPlace(place)}>
                  {clockText(place)}
                </Button>
              )}
              <span className="remark-text">{remark.text}</span>
              <span className="quiet">
                {remark.author.name}, {time.when(remark.at)}
              </span>
              {remark.author.id === me.id || me.role === "admin" ? (
                <ActionIcon
                  aria-label={`Remove the comment “${remark.text}”`}
                  disabled={act.busy}
                  onClick={() => void run(() => api.removeRecordingComment(recording.id, remark.id))}
                >
                  <IconX size={14} />
                </ActionIcon>
              ) : null}
            </li>
          );
        })}
      </ul>
      {me.role === "agent" ? null : (
        <form className="remark-form" onSubmit={(event) => void write(event)}>
          <TextInput
            aria-label="Comment"
            placeholder="Comment"
            maxLength={2000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Checkbox
            label={`At ${clockText(placeMs)}`}
            checked={placed}
            onChange={(event) => setPlaced(event.currentTarget.checked)}
          />
          <Button type="submit" disabled={act.busy || text.trim() === ""}>
            Write
          </Button>
        </form>
      )}
      <ErrorLine error={act.error} />
    </section>
  );
}
