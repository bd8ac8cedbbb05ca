import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { AgentLive } from "../../../contract/views.ts";
import type { FloorLine } from "../../model/floor-agents.ts";
import { ConfirmAct } from "../../ui/confirm-act.tsx";
import { api, useDesk } from "../desk.ts";

export type AgentAct = "pause" | "log-out" | "release" | "give";
type Outcome = "ended" | "when-call-ends" | "nothing-open";

/** Asks before a supervisor acts on somebody: says what will happen to whom, also where a call is going on. */
export function AgentActDialog(props: {
  act: AgentAct;
  line: FloorLine;
  session: NonNullable<AgentLive["session"]>;
  onPause: (words: string | null) => Promise<unknown>;
  onDone: (text: string) => void;
  onClose: () => void;
}) {
  const { act, line, session, onPause, onDone, onClose } = props;
  const { agent } = line;
  const { snapshot } = useDesk();
  const [words, setWords] = useState("");
  const [to, setTo] = useState<string | null>(null);
  const desk = session.telephone;
  const onCall = session.onCall !== null;
  const others = (snapshot.agents ?? []).filter((one) => one.id !== agent.id);

  if (act === "pause") {
    return (
      <ConfirmAct
        opened
        title={`Pause ${agent.name}?`}
        act="Pause"
        onClose={onClose}
        onConfirm={() => onPause(words.trim() === "" ? null : words.trim())}
      >
        <p>
          No new call rings until a supervisor unpauses.
          {onCall ? " The call that is going on is not touched." : ""}
        </p>
        <TextInput
          label="Words for the agent"
          value={words}
          maxLength={200}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </ConfirmAct>
    );
  }
  if (act === "give") {
    const chosen = others.find(({ id }) => String(id) === to);
    const give = async () => {
      if (chosen === undefined) return;
      const answer = await api.post<{ outcome: string }>(`/supervision/telephones/${desk.id}/give`, {
        agentId: chosen.id,
      });
      const then: Record<string, string> = {
        "when-call-ends": `${desk.name} goes to ${chosen.name} when the call ends.`,
        "when-asker-is-back": `${desk.name} goes to ${chosen.name} as soon as the desktop there is connected again.`,
      };
      onDone(then[answer.outcome] ?? `${desk.name} is ${chosen.name}’s now.`);
    };
    return (
      <ConfirmAct
        opened
        title={`Give ${desk.name} to another agent?`}
        act="Give"
        danger
        unready={chosen === undefined}
        onClose={onClose}
        onConfirm={give}
      >
        <p>
          {agent.name} is logged in on it: the session ends
          {onCall ? " when the call does" : " at once"}, and whoever is chosen here sits at {desk.name} then.
        </p>
        <Select
          label="Who gets it"
          data={others.map(({ id, name, session }) => ({
            value: String(id),
            label: session === null ? name : `${name}, now at ${session.telephone.name}`,
          }))}
          value={to}
          onChange={setTo}
          searchable
          nothingFoundMessage="Nobody by that name"
          comboboxProps={{ withinPortal: false }}
        />
      </ConfirmAct>
    );
  }
  const release = act === "release";
  const end = async () => {
    const path = release ? `/supervision/telephones/${desk.id}/release` : `/supervision/agents/${agent.id}/log-out`;
    const { outcome } = await api.post<{ outcome: Outcome }>(path);
    onDone(OUTCOMES[outcome](agent.name, desk.name));
  };
  return (
    <ConfirmAct
      opened
      title={release ? `Release ${desk.name}?` : `Log ${agent.name} out?`}
      act={release ? "Release" : "Log out"}
      danger
      onClose={onClose}
      onConfirm={end}
    >
      {onCall
        ? `${agent.name} is on a call: when it ends, the session ends and ${desk.name} is free for others. Until then nothing changes.`
        : `The session of ${agent.name} ends now, and ${desk.name} is free for others. Queues send no more calls there.`}
    </ConfirmAct>
  );
}

const OUTCOMES: Record<Outcome, (agent: string, desk: string) => string> = {
  ended: (agent, desk) => `${agent} is logged out; ${desk} is free.`,
  "when-call-ends": (agent, desk) => `${agent} is logged out and ${desk} released when the call ends.`,
  "nothing-open": (agent) => `${agent} was logged out already.`,
};
