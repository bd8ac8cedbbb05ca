import { Button } from "@mantine/core";
import { useState } from "react";
import type { Leg } from "../../contract/views.ts";
import { type CallView, callerName } from "../model/call-view.ts";
import { clockText } from "../model/elapsed.ts";
import { handSentence } from "../model/hand-sentence.ts";
import type { HouseTime } from "../model/house-time.ts";
import { phoneNumberText } from "../model/phone-number.ts";
import { ErrorLine } from "../ui/blank.tsx";
import { State, type StateName } from "../ui/state.tsx";
import { Timer } from "../ui/timer.tsx";
import { CallActs } from "./call-acts.tsx";
import { wasClicked } from "./click-to-dial.ts";
import { ContactPanel } from "./contact-panel.tsx";
import { useDesk } from "./desk.ts";
import { DispositionPanel } from "./disposition-panel.tsx";
import { useHouseTime } from "./house-settings.ts";
import { ItemsOfCaller } from "./items/items-of-caller.tsx";
import { NumberHistory } from "./number-history.tsx";
import { RecordingControl } from "./recordings/recording-control.tsx";
import { useAct } from "./use-act.ts";
import "./call-card.css";

const PHASES: Record<CallView["phase"], { state: StateName; word: string }> = {
  ringing: { state: "ringing", word: "Ringing" },
  dialling: { state: "ringing", word: "Calling" },
  talking: { state: "talking", word: "Talking" },
  held: { state: "talking", word: "On hold" },
  ended: { state: "wrap-up", word: "Ended" },
};

const ASKING = { state: "talking", word: "Asking" } as const;

type Hint = NonNullable<Leg["contact"]>;

/** A call and all that is done about it, from the first ring until it is disposed. */
export function CallCard(props: { call: CallView; onLeave: () => void; onDone: (legId: string) => void }) {
  const { call } = props;
  const [contact, setContact] = useState<Hint | null>(call.contact);
  const [items, setItems] = useState<number[]>([]);
  const shown = { ...call, contact: contact ?? call.contact };
  return (
    <article className={`call call-${call.phase}`} aria-label={`Call with ${callerName(shown)}`}>
      <CallHead call={shown} onLeave={props.onLeave} />
      <div className="call-work">
        <div className="call-column">
          <ContactPanel number={call.number} hint={shown.contact} onContact={setContact} />
        </div>
        <div className="call-column call-column-wide">
          <DispositionPanel
            call={shown}
            contactId={shown.contact?.id ?? null}
            items={items}
            onItemsDone={() => setItems([])}
            onDone={() => props.onDone(call.legId)}
          />
          <ItemsOfCaller number={call.number} chosen={items} onChoose={setItems} />
          <NumberHistory number={call.number} except={call.legId} />
        </div>
      </div>
    </article>
  );
}

function CallHead(props: { call: CallView; onLeave: () => void }) {
  const { call } = props;
  const { snapshot, connected } = useDesk();
  const act = useAct();
  const [parked, setParked] = useState<string | null>(null);
  const time = useHouseTime();
  const phase = call.hand?.asks ? ASKING : PHASES[call.phase];
  const name = callerName({ ...call, number: phoneNumberText(call.number) });
  const number = phoneNumberText(call.number);
  const others = snapshot.legs.filter((leg) => leg.legId !== call.legId && leg.state !== "ended");
  const going = call.phase !== "ended";

  return (
    <header className="call-head">
      <div className="call-who">
        <h1 className="call-name cut">{name}</h1>
        <p className="call-facts">
          {name === number ? null : <span className="call-number">{number}</span>}
          {call.contact?.company ? <span>{call.contact.company}</span> : null}
          {call.queue ? <span className="call-queue">{call.queue.name}</span> : null}
          <span className="quiet">{wayOf(call)}</span>
        </p>
      </div>
      <div className="call-now" aria-live="polite">
        <State name={phase.state} word={phase.word} />
        {call.phase === "ended" ? (
          <span className="timer timer-numeral" title="Talked">
            {clockText(Date.parse(call.endedAt ?? call.startedAt) - Date.parse(call.answeredAt ?? call.startedAt))}
          </span>
        ) : (
          <Timer since={call.answeredAt ?? call.startedAt} numeral />
        )}
      </div>
      <div className="call-acts">
        {going ? (
          <CallActs call={call} act={act} onParked={setParked} />
        ) : (
          <Button onClick={props.onLeave}>Leave for later</Button>
        )}
        {parked === null ? null : <strong>Parked: {parked} on any telephone takes the call back.</strong>}
        <span className="quiet">{hintOf(call, snapshot.session?.telephone.name ?? null, time)}</span>
        <RecordingControl call={call} connected={connected} />
        <ErrorLine error={act.error} />
        {others.map((leg) => (
          <span key={leg.legId} className="call-other">
            <State name={leg.state === "ringing" || leg.state === "dialling" ? "ringing" : "talking"} />{" "}
            {callerName({ ...leg, number: phoneNumberText(leg.number) })} <Timer since={leg.startedAt} />
          </span>
        ))}
      </div>
    </header>
  );
}

function wayOf(call: CallView): string {
  if (call.type === "outbound") return "you called";
  return call.type === "internal" ? "internal call" : "";
}

function hintOf(call: CallView, telephone: string | null, time: HouseTime): string {
  switch (call.phase) {
    case "ringing":
      return telephone === null ? "" : `Answer on ${telephone}.`;
    case "dialling":
      return telephone === null || !wasClicked(call) ? "" : `Lift ${telephone}; the number is called from there.`;
    case "held":
      return handSentence(call, telephone);
    case "ended":
      return `Ended at ${time.when(call.endedAt ?? call.startedAt)}. Choose the outcome to be done with it.`;
    default:
      return handSentence(call, telephone);
  }
}
