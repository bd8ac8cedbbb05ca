import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useState } from "react";
import type { Destination, TransferBody } from "../../contract/views.ts";
import { type CallView, callerName } from "../model/call-view.ts";
import { dialable, phoneNumberText } from "../model/phone-number.ts";
import { ErrorLine } from "../ui/blank.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Key } from "../ui/key.tsx";
import { State, type StateName } from "../ui/state.tsx";
import { api, useDesk } from "./desk.ts";
import { useAct } from "./use-act.ts";
import "./command-palette.css";
import "./transfer-dialog.css";

/** Who is free changes while one looks. */
const AGAIN_MS = 3000;

const STATES: Record<Exclude<Destination["state"], "unknown">, { name: StateName; word: string }> = {
  free: { name: "ready", word: "Free" },
  "on-call": { name: "talking", word: "On a call" },
  paused: { name: "paused", word: "Paused" },
  away: { name: "fault", word: "Not there" },
};
const KINDS: Record<Destination["kind"], string> = {
  agent: "Calls go elsewhere",
  telephone: "Telephone",
  queue: "Queue",
  contact: "Outside",
};

/** Whom to send a call to: found by name, number or place, with who is free. Enter sends it, Shift and Enter asks first. */
export function TransferDialog(props: { opened: boolean; call: CallView; onClose: () => void }) {
  const title = `Transfer ${callerName({ ...props.call, number: phoneNumberText(props.call.number) })}`;
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={title} size={560} top>
      {props.opened ? <Chooser legId={props.call.legId} onDone={props.onClose} /> : null}
    </Dialog>
  );
}

function Chooser(props: { legId: string; onDone: () => void }) {
  const { connected } = useDesk();
  const [typed, setTyped] = useState("");
  // By name and not by place: the list is read again while one looks, and its order changes.
  const [chosen, setChosen] = useState<string | null>(null);
  const act = useAct();
  const { found, settled, error } = useDestinations(typed.trim());
  const here = found.find((one) => idOf(one) === chosen) ?? found[0];
  const first = found[0] === undefined ? null : idOf(found[0]);
  const gone = chosen === null || here === undefined || idOf(here) !== chosen;
  useEffect(() => {
    if (settled && gone) setChosen(first);
  }, [settled, gone, first]);
  const step = (by: 1 | -1) => {
    const to = found[(here === undefined ? 0 : found.indexOf(here)) + by];
    if (to !== undefined) setChosen(idOf(to));
  };
  // What is shown may still answer what was typed before: nobody is sent to a stranger by a quick hand.
  const maySend = connected && settled && here !== undefined && !act.busy;
  const mayAsk = maySend && here.kind !== "queue";
  const send = async (to: string, kind: TransferBody["kind"]) => {
    if (await act.run(() => api.transfer(props.legId, to, kind))) props.onDone();
  };
  const go = (kind: TransferBody["kind"]) => {
    if (here !== undefined && (kind === "blind" ? maySend : mayAsk)) void send(here.to, kind);
  };

  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter") go(event.shiftKey ? "attended" : "blind");
    else return;
    event.preventDefault();
  };
  return (
    <div className="finder">
      <TextInput
        aria-label="Transfer to"
        placeholder="An agent, a telephone, a queue, a contact, a number"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(null);
          act.clear();
        }}
        onKeyDown={onKey}
        role="combobox"
        aria-expanded="true"
        aria-controls="transfer-list"
        aria-activedescendant={here ? idOf(here) : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        data-autofocus
      />
      <div id="transfer-list" role="listbox" aria-label="Found" className="finder-list transfer-list" tabIndex={-1}>
        {found.map((one) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's above, which keeps the focus
          // biome-ignore lint/a11y/useFocusableInteractive: pointed at by aria-activedescendant
          <div
            key={idOf(one)}
            id={idOf(one)}
            role="option"
            aria-selected={one === here}
            className="finder-line transfer-line"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => setChosen(idOf(one))}
          >
            <span className="cut">{one.name}</span>
            <span className="cut quiet">
              {[one.to === one.name ? "" : phoneNumberText(one.to), one.place].filter(Boolean).join(" · ")}
            </span>
            {one.state === "unknown" ? (
              <span className="quiet">{KINDS[one.kind]}</span>
            ) : (
              <State name={STATES[one.state].name} word={STATES[one.state].word} />
            )}
          </div>
        ))}
        {found.length === 0 ? <p className="finder-line quiet">Nobody answers to that.</p> : null}
      </div>
      <div className="transfer-acts">
        <Button
          variant="filled"
          disabled={!maySend}
          onClick={() => go("blind")}
          aria-keyshortcuts="Enter"
          rightSection={<Key name="↵" />}
        >
          Transfer now
        </Button>
        <Button
          disabled={!mayAsk}
          onClick={() => go("attended")}
          aria-keyshortcuts="Shift+Enter"
          title={here?.kind === "queue" ? "A queue takes callers as they come" : undefined}
          rightSection={<Key name="⇧ ↵" />}
        >
          Ask first
        </Button>
        <Button variant="subtle" onClick={props.onDone}>
          Cancel
        </Button>
      </div>
      <div className="transfer-said">
        <ErrorLine error={act.error ?? error} />
      </div>
    </div>
  );
}

const idOf = ({ kind, to, name }: Destination) => `to-${kind}-${`${to}-${name}`.replace(/[^A-Za-z0-9]/g, "_")}`;

function useDestinations(typed: string): { found: Destination[]; settled: boolean; error: unknown } {
  const query = useQuery({
    queryKey: ["destinations", typed],
    queryFn: () => api.destinations(typed),
    refetchInterval: AGAIN_MS,
    placeholderData: (before) => before,
  });
  const rows = query.data?.rows ?? [];
  const number = dialable(typed);
  const known = number === null || number.length < 2 || rows.some(({ to }) => to === number);
  const outside: Destination[] = known
    ? []
    : [{ to: number, name: phoneNumberText(number), kind: "contact", state: "unknown", place: null }];
  return { found: [...rows, ...outside], settled: !query.isPlaceholderData && !query.isPending, error: query.error };
}
