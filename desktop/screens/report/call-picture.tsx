import { ActionIcon, Button } from "@mantine/core";
import { IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { Why } from "../../../contract/views.ts";
import { type CallPicture, callPicture, canCloser, lengthText, pictureWindow } from "../../model/call-picture.ts";
import { counted } from "../../model/elapsed.ts";
import type { HouseTime } from "../../model/house-time.ts";
import type { PictureStop } from "../../model/picture-walk.ts";
import { useServerNow } from "../../ui/server-clock.tsx";
import { CallLanes } from "./call-lanes.tsx";
import { CallPictureTable } from "./call-picture-table.tsx";

/** The call as a picture: who did what when, the row's own part marked; and the same as a table. */
export function CallPictureOf({ why, time }: { why: Why; time: HouseTime }) {
  const ended = useMemo(() => callPicture(why, 0), [why]);
  if (ended === null)
    return <p className="quiet">There is no picture: the journal does not tell this call (any more).</p>;
  const goesOn = why.parties.some(({ spans }) => spans.some(({ to }) => to === null));
  return goesOn ? <Running why={why} time={time} /> : <Picture picture={ended} time={time} />;
}

/** While it goes on it grows. */
function Running({ why, time }: { why: Why; time: HouseTime }) {
  const picture = callPicture(why, useServerNow());
  return picture === null ? null : <Picture picture={picture} time={time} />;
}

function Picture({ picture, time }: { picture: CallPicture; time: HouseTime }) {
  const [looked, setLooked] = useState<PictureStop | null>(null);
  const [halvings, setHalvings] = useState(0);
  const [around, setAround] = useState<number | null>(null);
  const [all, setAll] = useState(false);
  const lanes = all ? [...picture.lanes, ...picture.rang] : picture.lanes;
  const middle = around ?? middleOf(lanes.find(({ own }) => own)?.spans.find(({ own }) => own) ?? picture.whole);
  const seen = pictureWindow(picture.whole, halvings, middle);

  const look = (next: PictureStop) => {
    setLooked(next);
    const { from, to } = next.span;
    // What was walked to comes into sight; what lies in sight does not move.
    if (from > seen.to || to < seen.from) setAround(middleOf(next.span));
  };
  const zoom = (by: 1 | -1) => {
    setAround(looked === null ? middle : middleOf(looked.span));
    setHalvings(Math.max(0, halvings + by));
  };
  const label = ({ span }: PictureStop) => spanText(span, time);

  return (
    <section className="call-picture" aria-label="The call as a picture">
      <div className="call-picture-acts">
        <h3 className="label">Who did what when</h3>
        {picture.rang.length === 0 ? null : (
          <Button size="compact-xs" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? "Hide those that only rang" : `Show ${counted(picture.rang.length, "telephone")} that only rang`}
          </Button>
        )}
        <ActionIcon aria-label="Zoom out" disabled={halvings === 0} onClick={() => zoom(-1)}>
          <IconZoomOut size={16} />
        </ActionIcon>
        <ActionIcon aria-label="Zoom in" disabled={!canCloser(picture.whole, halvings)} onClick={() => zoom(1)}>
          <IconZoomIn size={16} />
        </ActionIcon>
      </div>
      <CallLanes picture={picture} lanes={lanes} seen={seen} looked={looked} onLook={look} label={label} />
      <p className="call-picture-looked small">
        {looked === null ? (
          <span className="quiet">
            {`Begins ${time.exactly(new Date(picture.whole.from).toISOString())}, ${lengthText(picture.whole.to - picture.whole.from)} in all. Point at a part, or walk with the arrows, to read it.`}
          </span>
        ) : (
          <>
            <strong>{looked.lane.title}</strong> {label(looked)}
          </>
        )}
      </p>
      <CallPictureTable lanes={lanes} time={time} />
    </section>
  );
}

const middleOf = ({ from, to }: { from: number; to: number }) => (from + to) / 2;

/** `Talked with Desk 1, 09:12:04 to 09:14:09, 2:05`. */
function spanText(span: PictureStop["span"], time: HouseTime): string {
  const at = (ms: number) => time.exactly(new Date(ms).toISOString());
  if (span.doing === "transferred") return `${span.says}, ${at(span.from)}`;
  const length = lengthText(span.to - span.from);
  return `${span.says}, ${at(span.from)} to ${span.goesOn ? "now" : at(span.to)}, ${length}`;
}
