import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { callOnCard, leadingLeg } from "../model/call-view.ts";
import { CallCard } from "./call-card.tsx";
import { DayView } from "./day-view.tsx";
import { useDesk } from "./desk.ts";
import { useDisposed } from "./disposed-calls.ts";
import { FloorView } from "./floor/floor-view.tsx";
import { HomeSide } from "./home-side.tsx";
import { TelephoneChoice } from "./telephone-choice.tsx";
import "./home.css";

/** Home: for agents the call and the day, for everybody else the floor. */
export function HomeScreen() {
  const { me } = useDesk();
  return me.role === "agent" ? <AgentHome /> : <FloorView />;
}

const LAST_CALL = "perch.last-call";

function AgentHome() {
  const { snapshot } = useDesk();
  const search: { call?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const disposed = useDisposed();
  const [last, setLast] = useState<string | null>(() => sessionStorage.getItem(LAST_CALL));

  const [putOff, setPutOff] = useState<string | null>(null);

  // The call that goes on is remembered, so that it stays on the card after its end, also across a reload.
  const going = leadingLeg(snapshot.legs.filter((leg) => leg.state !== "ended"))?.legId ?? null;
  useEffect(() => {
    if (going === null) return;
    sessionStorage.setItem(LAST_CALL, going);
    setLast(going);
  }, [going]);

  const opened = search.call ?? null;
  const call = callOnCard(snapshot, opened, last, (legId) => legId in disposed || legId === putOff);
  const leave = () => {
    setPutOff(call?.legId ?? null);
    void navigate({ to: "/", search: {} });
  };
  const done = (legId: string) => {
    setLast(legId);
    void navigate({ to: "/", search: {} });
  };

  // Who has no telephone yet sits down first; a call that is over waits under To dispose, unless it was opened by hand.
  const nothingFirst = call === null || (call.phase === "ended" && opened === null);
  if (snapshot.session === null && nothingFirst) return <TelephoneChoice />;
  return (
    <div className="home">
      <HomeSide withWaiting={call !== null} />
      <div className="home-main">
        {call === null ? (
          <DayView last={last} />
        ) : (
          <CallCard key={call.legId} call={call} onLeave={leave} onDone={done} />
        )}
      </div>
    </div>
  );
}
