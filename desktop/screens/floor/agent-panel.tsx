import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { AgentLive } from "../../../contract/views.ts";
import { causeView } from "../../model/agent-view.ts";
import { type FloorLine, floorLine } from "../../model/floor-agents.ts";
import { phoneSignal } from "../../model/phone-signal.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { Field, Fields } from "../../ui/fields.tsx";
import type { NoticeText } from "../../ui/notice.tsx";
import { useServerNow } from "../../ui/server-clock.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { Signal, State } from "../../ui/state.tsx";
import { LimitTimer, Timer } from "../../ui/timer.tsx";
import { api, useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { useAct } from "../use-act.ts";
import { type AgentAct, AgentActDialog } from "./agent-act-dialog.tsx";

/** One agent of the floor: all that is known of them now, and what a supervisor can do about it. */
export function AgentPanel(props: { line: FloorLine; onClose: () => void; onDone: (notice: NoticeText) => void }) {
  const { agent } = props.line;
  const { connected } = useDesk();
  const [asking, setAsking] = useState<AgentAct | null>(null);
  const act = useAct();
  const { session } = agent;
  const paused = session?.causes.some(({ cause }) => cause === "supervisor") ?? false;
  const words = session?.causes.find(({ cause }) => cause === "supervisor")?.reason ?? null;

  const pause = async (reason: string | null) => {
    await api.post(`/supervision/agents/${agent.id}/pause`, reason === null ? {} : { reason });
    props.onDone({ text: `${agent.name} is paused.`, act: { word: "Undo", run: () => void act.run(unpause) } });
  };
  const unpause = async () => {
    await api.delete(`/supervision/agents/${agent.id}/pause`);
    props.onDone({
      text: `${agent.name} is not paused by a supervisor any more.`,
      act: { word: "Undo", run: () => void act.run(() => pause(words)) },
    });
  };
  return (
    <SidePanel title={agent.name} about={String(agent.id)} onClose={props.onClose}>
      {session === null ? <p>Not logged in.</p> : <Now agent={agent} session={session} />}
      {session === null ? null : (
        <div className="floor-acts">
          {paused ? (
            <Button data-first disabled={!connected || act.busy} onClick={() => void act.run(unpause)}>
              Unpause
            </Button>
          ) : (
            <Button data-first disabled={!connected} onClick={() => setAsking("pause")}>
              Pause…
            </Button>
          )}
          <Button disabled={!connected} onClick={() => setAsking("log-out")}>
            Log out…
          </Button>
          <Button disabled={!connected} onClick={() => setAsking("release")}>
            Release telephone…
          </Button>
          <Button disabled={!connected} onClick={() => setAsking("give")}>
            Give telephone…
          </Button>
        </div>
      )}
      <ErrorLine error={act.error} />
      <p className="floor-below">
        <Link to="/days" search={{ agent: agent.id }}>
          {agent.name}’s days
        </Link>
      </p>
      {session === null || asking === null ? null : (
        <AgentActDialog
          act={asking}
          line={floorLine(agent)}
          session={session}
          onPause={pause}
          onDone={(text) => props.onDone({ text })}
          onClose={() => setAsking(null)}
        />
      )}
    </SidePanel>
  );
}

function DesktopSignal({ desktop }: { desktop: NonNullable<AgentLive["session"]>["desktop"] }) {
  const time = useHouseTime();
  if (desktop.connected) return <Signal on word="connected" />;
  if (desktop.lostSince === null) return <span className="quiet">Logged in without one</span>;
  return <Signal on={false} word={`not connected since ${time.when(desktop.lostSince)}`} />;
}

function Now({ agent, session }: { agent: AgentLive; session: NonNullable<AgentLive["session"]> }) {
  const { snapshot } = useDesk();
  const now = useServerNow();
  const time = useHouseTime();
  const line = floorLine(agent);
  const signal = phoneSignal(session, now, time);
  const call = session.onCall;
  // The break that follows has a line of its own.
  const { about } = floorLine({ ...agent, session: { ...session, pendingBreak: null } });
  const queues = snapshot.queues.filter(({ id }) => agent.queues.includes(id));
  return (
    <Fields>
      <Field label="State">
        {line.tint === null ? line.word : <State name={line.tint} word={line.word} />}{" "}
        {line.since === null ? null : line.group === "break" && line.dueAt !== null ? (
          <LimitTimer since={line.since} dueAt={line.dueAt} />
        ) : (
          <Timer since={line.since} />
        )}
      </Field>
      {call === null ? null : (
        <Field label="Call">{[about, call.direction, call.queue].filter(Boolean).join(" · ")}</Field>
      )}
      {session.causes.length > 0 ? (
        <Field label="Paused by">
          <span className="floor-causes">
            {session.causes.map((cause) => (
              <span key={cause.cause}>
                {causeView(cause).word}
                {cause.cause === "supervisor" && cause.reason !== null ? `: “${cause.reason}”` : ""}{" "}
                <span className="quiet">since {time.when(cause.since)}</span>
              </span>
            ))}
          </span>
        </Field>
      ) : null}
      {session.pendingBreak === null ? null : <Field label="Then on break">{session.pendingBreak.reason}</Field>}
      <Field label="Telephone">{session.telephone.name}</Field>
      <Field label="Phone">
        <Signal on={signal.light === "on"} doubtful={signal.light === "doubtful"} word={signal.title} />
      </Field>
      <Field label="Desktop">
        {session.unattendedSince === null ? (
          <DesktopSignal desktop={session.desktop} />
        ) : (
          <Signal on={false} word={`gone since ${time.when(session.unattendedSince)}, did not log out`} />
        )}
      </Field>
      <Field label="Logged in">since {time.when(session.startedAt)}</Field>
      <Field label="Team">{agent.team?.name}</Field>
      <Field label="Internal">{agent.internal}</Field>
      <Field label="Queues">{queues.map(({ name }) => name).join(", ")}</Field>
    </Fields>
  );
}
