import { Button, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { instantOf } from "../../../contract/house-days.ts";
import type { RunEnding, Trial, TrialEvent, TrialInput } from "../../../contract/project-views.ts";
import { blockExits } from "../../model/projects/flow-edit.ts";
import { ENDING_WORDS, trialPath } from "../../model/projects/run-path.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { useSettings } from "../house-settings.ts";
import { useAct } from "../use-act.ts";
import { CalledTrialPanel } from "./called-trial.tsx";
import { exitKey, type Mark, type Picture } from "./picture.ts";
import { projectsApi } from "./projects-api.ts";
import type { Designer } from "./use-designer.ts";
import { VariableList } from "./variable-list.tsx";

/** `2026-11-22T10:30` on the house's clocks. */
const instantIn = (text: string, zone: string) =>
  new Date(
    instantOf(text.slice(0, 10), Number(text.slice(11, 13)), zone) + Number(text.slice(14, 16)) * 60_000,
  ).toISOString();

const KEYPAD = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

/** Goes through the draft: here, or on a telephone. */
export function TrialPanel(props: { designer: Designer; onPicture: (picture: Picture) => void }) {
  const [where, setWhere] = useState<"here" | "telephone">("here");
  const { designer, onPicture } = props;
  const go = (next: typeof where) => {
    setWhere(next);
    onPicture({});
  };
  return (
    <>
      {designer.readOnly ? null : (
        <fieldset className="designer-tabs" aria-label="Where it is tried">
          <button type="button" aria-pressed={where === "here"} onClick={() => go("here")}>
            Here
          </button>
          <button type="button" aria-pressed={where === "telephone"} onClick={() => go("telephone")}>
            Call it
          </button>
        </fieldset>
      )}
      {where === "here" ? <TrialHere {...props} /> : <CalledTrialPanel {...props} />}
    </>
  );
}

/** As a caller would, without a telephone: reads what is said, presses keys, and sees the way on the canvas. */
function TrialHere(props: { designer: Designer; onPicture: (picture: Picture) => void }) {
  const { designer, onPicture } = props;
  const [trial, setTrial] = useState<Trial | null>(null);
  const [events, setEvents] = useState<readonly TrialEvent[]>([]);
  const [caller, setCaller] = useState("");
  const [at, setAt] = useState("");
  const zone = useSettings().data?.timeZone ?? "UTC";
  const [typed, setTyped] = useState("");
  const act = useAct();
  const log = useRef<HTMLOListElement>(null);

  const running = useRef<string | null>(null);
  useEffect(
    () => () => {
      // Left in the middle: the server would give it up by itself, only later.
      if (running.current !== null) projectsApi.endTrial(running.current).catch(() => {});
    },
    [],
  );
  const show = (next: Trial, before: readonly TrialEvent[]) => {
    const all = [...before, ...next.events];
    running.current = next.waitsFor === null ? null : next.id;
    setTrial(next);
    setEvents(all);
    setTyped("");
    const path = trialPath(all);
    const marks = new Map<string, Mark>(path.blocks.map((id) => [id, "passed"]));
    const here = path.blocks.at(-1);
    if (here !== undefined) marks.set(here, "here");
    onPicture({ marks, passed: new Set(path.exits.map(({ block, exit }) => exitKey(block, exit))) });
  };
  // What was said last is what the keys answer.
  useEffect(() => {
    if (events.length > 0) log.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
  }, [events]);
  const begin = () =>
    act.run(async () => {
      if (running.current !== null) await projectsApi.endTrial(running.current).catch(() => {});
      const flow = designer.latest();
      show(
        await projectsApi.beginTrial({
          flow,
          ...(caller === "" ? {} : { caller }),
          ...(at === "" ? {} : { at: instantIn(at, zone) }),
        }),
        [],
      );
    });
  const answer = (input: TrialInput) =>
    act.run(async () => {
      if (trial !== null) show(await projectsApi.answerTrial(trial.id, input), events);
    });
  const exitTitle = (block: string | null, exit: string) => {
    const found = designer.flow.blocks.find(({ id }) => id === block);
    return (found && blockExits(found, designer.kinds).find(({ name }) => name === exit)?.title) ?? exit;
  };
  const wordsOf = ({ kind, block, words }: TrialEvent) => {
    if (kind === "exit") return words === "" ? "" : `→ ${exitTitle(block, words)}`;
    if (kind === "over") return `Over: ${ENDING_WORDS[words as RunEnding] ?? words}`;
    return kind === "says" ? `“${words}”` : words;
  };

  const waits = trial?.waitsFor ?? null;
  const keys = waits?.most ?? null;
  const press = (key: string) => {
    const next = typed + key;
    if (key === "#" || (keys !== null && next.length >= keys)) void answer({ keys: next });
    else setTyped(next);
  };

  return (
    <div className="panel-body">
      <form
        className="trial-begin"
        onSubmit={(event) => {
          event.preventDefault();
          void begin();
        }}
      >
        <TextInput
          label="The caller's number"
          placeholder="+390555550100"
          maxLength={40}
          value={caller}
          onChange={(event) => setCaller(event.currentTarget.value)}
        />
        <Button type="submit" variant="filled" disabled={act.busy}>
          {trial === null ? "Begin" : "Begin again"}
        </Button>
        <TextInput
          label="When it is (empty: now)"
          type="datetime-local"
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
      </form>
      {trial === null ? (
        <p className="quiet">
          Try the draft without a telephone: what a caller hears stands here, you press the keys, and the way is drawn
          on the canvas. Nobody is called and nothing is sent.
        </p>
      ) : (
        <ol className="trial-log" ref={log} aria-label="What happened" aria-live="polite">
          {events.map((event, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: events come at the end and never move
            <li key={at} className={`trial-${event.kind}`}>
              {event.kind === "block" && event.block !== null ? (
                <button type="button" onClick={() => event.block !== null && designer.reveal(event.block)}>
                  {event.words}
                </button>
              ) : (
                <span>{wordsOf(event)}</span>
              )}
            </li>
          ))}
        </ol>
      )}
      <ErrorLine error={act.error} />
      {waits === null ? null : (
        <section className="trial-answer" aria-label="The caller's turn">
          {keys === null ? null : (
            <>
              <TextInput
                aria-label="Keys"
                placeholder={keys === 1 ? "one key" : `up to ${keys} keys`}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value.replace(/[^0-9*#]/g, "").slice(0, 40))}
                onKeyDown={(event) => {
                  if (event.key === "Enter" && typed !== "") void answer({ keys: typed });
                }}
              />
              <div className="keypad">
                {KEYPAD.map((key) => (
                  <Button key={key} disabled={act.busy} onClick={() => press(key)}>
                    {key}
                  </Button>
                ))}
              </div>
              <div className="panel-acts">
                <Button disabled={act.busy || typed === ""} onClick={() => void answer({ keys: typed })}>
                  Press them
                </Button>
                <Button disabled={act.busy} onClick={() => void answer({ keys: "" })}>
                  Press nothing
                </Button>
              </div>
            </>
          )}
          {waits.choices.length === 0 ? null : (
            <fieldset className="panel-acts" aria-label="What happens">
              {waits.choices.map(({ name, title }) => (
                <Button key={name} disabled={act.busy} onClick={() => void answer({ choice: name })}>
                  {title}
                </Button>
              ))}
            </fieldset>
          )}
          <Button color="fault" disabled={act.busy} onClick={() => void answer({ hangUp: true })}>
            Hang up
          </Button>
        </section>
      )}
      <VariableList variables={trial?.variables ?? {}} />
    </div>
  );
}
