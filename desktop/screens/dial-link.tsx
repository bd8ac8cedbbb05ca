import { type MouseEvent, type ReactNode, useState } from "react";
import { dialable } from "../model/phone-number.ts";
import { sentenceOf } from "../model/refusal-error.ts";
import { clickToDial } from "./click-to-dial.ts";
import { useDesk } from "./desk.ts";

/** A number to click: the agent's telephone rings, then the number is called. Plain text for who cannot call now. */
export function DialLink(props: { number: string; children: ReactNode }) {
  const { snapshot, connected } = useDesk();
  const [said, setSaid] = useState<string | null>(null);
  const to = dialable(props.number);
  const free = snapshot.session !== null && snapshot.legs.every((leg) => leg.state === "ended");
  if (to === null || !free || !connected) return <>{props.children}</>;
  const dial = (event: MouseEvent) => {
    event.stopPropagation();
    setSaid(null);
    clickToDial(to).catch((error: unknown) => setSaid(sentenceOf(error)));
  };
  return (
    <button type="button" className="dial-link" onClick={dial} title={said ?? `Call ${props.number}`}>
      {props.children}
      {said ? (
        <span className="dial-said" role="alert">
          {said}
        </span>
      ) : null}
    </button>
  );
}
