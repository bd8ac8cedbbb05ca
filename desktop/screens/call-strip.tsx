import { Link, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { legView } from "../model/agent-view.ts";
import { callerName, leadingLeg } from "../model/call-view.ts";
import { phoneNumberText } from "../model/phone-number.ts";
import { State } from "../ui/state.tsx";
import { useDesk } from "./desk.ts";
import "./call-strip.css";

/**
 * A call while another screen is open: a new one brings home to the front, unless something is being typed, which
 * nobody may take away; until then it stands in a line across every screen.
 */
export function CallStrip() {
  const { snapshot } = useDesk();
  const navigate = useNavigate();
  const elsewhere = useRouterState({ select: (state) => state.location.pathname !== "/" });
  const leg = leadingLeg(snapshot.legs.filter((one) => one.state !== "ended"));
  const seen = useRef<string | null>(null);
  const legId = leg?.legId ?? null;

  useEffect(() => {
    const isNew = legId !== null && legId !== seen.current;
    seen.current = legId;
    if (isNew && elsewhere && !isTyping()) void navigate({ to: "/", search: {} });
  }, [legId, elsewhere, navigate]);

  if (leg === null || !elsewhere) return null;
  const view = legView(leg);
  const number = phoneNumberText(leg.number);
  const name = callerName({ ...leg, number });
  return (
    <p className={`call-strip call-strip-${view.state}`} role="status">
      <State name={view.state === "ringing" ? "ringing" : "talking"} word={view.word} />
      <strong className="cut">{name}</strong>
      {name === number ? null : <span>{number}</span>}
      {leg.queue ? <span>{leg.queue.name}</span> : null}
      <Link to="/">Show the call</Link>
    </p>
  );
}

function isTyping(): boolean {
  const active = document.activeElement;
  return active instanceof HTMLTextAreaElement || (active instanceof HTMLInputElement && active.value !== "");
}
