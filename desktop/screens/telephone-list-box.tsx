import { Button, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { ChoiceForMe, Choices } from "../../contract/views.ts";
import { choiceSentence } from "../model/choice-sentence.ts";
import { counted } from "../model/elapsed.ts";
import type { HouseTime } from "../model/house-time.ts";
import { cursorOn, stepped, type TelephoneList, telephoneList } from "../model/telephone-list.ts";
import { EmptyState } from "../ui/blank.tsx";
import { Countdown } from "../ui/timer.tsx";
import { useHouseTime } from "./house-settings.ts";
import "./telephone-list.css";

const LIST = "telephone-list";
const PAGE = 8;

/**
 * Telephones to choose from, by typing: the focus stays in the box, arrows move the cursor over those that can be
 * chosen, Enter chooses. The others stand below with their reason. The list changes live under the cursor, which stays
 * on its telephone.
 */
export function TelephoneListBox(props: {
  choices: Choices;
  last: number | null;
  busy: boolean;
  /** What the button says before a telephone that can be chosen. */
  verb: string;
  /** Whether its holder can be asked for a telephone that cannot be chosen. */
  askable: (choice: ChoiceForMe) => boolean;
  onChoose: (choice: ChoiceForMe) => void;
  message: ReactNode;
}) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState<number | null>(null);
  const time = useHouseTime();
  const { choices, askable } = props;
  const list = useMemo(() => telephoneList(choices, typed, askable), [choices, typed, askable]);
  const found = list.open.length + list.closed.length > 0;
  const cursor = cursorOn(list, typed, at, props.last);
  const box = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor's row is looked up when the cursor moves
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [cursor?.id]);

  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };
    const step = steps[event.key];
    if (step !== undefined) setAt(stepped(list, cursor?.id ?? null, step));
    else if (event.key === "Enter" && cursor !== null && !props.busy) props.onChoose(cursor);
    else return;
    event.preventDefault();
  };
  const row = (one: ChoiceForMe) => (
    <TelephoneRow
      key={one.id}
      choice={one}
      here={one.id === cursor?.id}
      isLast={one.id === props.last}
      askable={askable(one)}
      time={time}
      onClick={() => {
        setAt(one.id);
        if (!props.busy) props.onChoose(one);
      }}
    />
  );

  return (
    <div className="phones">
      <TextInput
        label="Find by place, name or number"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(null);
        }}
        onKeyDown={onKey}
        leftSection={<IconSearch size={14} />}
        role="combobox"
        aria-expanded={found}
        aria-controls={found ? LIST : undefined}
        aria-autocomplete="list"
        aria-activedescendant={cursor ? `${LIST}-${cursor.id}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        data-autofocus
        autoFocus
      />
      {props.message}
      {!found ? (
        <div className="phones-list">
          <EmptyState title={typed ? "No telephone answers to that" : "There are no telephones yet"}>
            {typed ? "Try part of a name, a number or a place." : "An administrator adds them under Set up."}
          </EmptyState>
        </div>
      ) : (
        <div
          className="phones-list"
          id={LIST}
          role="listbox"
          aria-label="Telephones"
          ref={box}
          tabIndex={0}
          onKeyDown={onKey}
          aria-activedescendant={cursor ? `${LIST}-${cursor.id}` : undefined}
        >
          {list.open.length > 0 ? (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form fields
            <div role="group" aria-label={choices.noneRegistered ? "All telephones" : "Free"}>
              {list.open.map(row)}
            </div>
          ) : null}
          {list.closed.length > 0 ? (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form fields
            <div role="group" aria-label="Not to be had now" className="phones-closed">
              {list.closed.map(row)}
            </div>
          ) : null}
        </div>
      )}
      <div className="phones-foot">
        <span className="quiet">
          {list.more > 0 ? `${counted(list.more, "more telephone")}: type to narrow` : null}
        </span>
        <Button
          variant="filled"
          disabled={cursor === null || props.busy}
          onClick={() => cursor && props.onChoose(cursor)}
        >
          {cursor ? actText(cursor, props.verb, askable(cursor)) : noneText(list, typed)}
        </Button>
      </div>
      <Changes choices={props.choices} />
    </div>
  );
}

const actText = (choice: ChoiceForMe, verb: string, asks: boolean) =>
  asks ? `Ask ${choice.heldBy?.name ?? "its agent"} for ${choice.name}` : `${verb} ${choice.name}`;

function noneText(list: TelephoneList, typed: string): string {
  if (typed.trim() === "") return "No telephone is free";
  return list.open.length > 0 && list.closed[0] ? `${list.closed[0].name} is not free` : "None of these is free";
}

function TelephoneRow(props: {
  choice: ChoiceForMe;
  here: boolean;
  isLast: boolean;
  askable: boolean;
  time: HouseTime;
  onClick: () => void;
}) {
  const { choice, here, askable } = props;
  const look = choice.selectable ? (choice.needsConfirmation ? "phone-held" : "") : "phone-closed";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's above, which keeps the focus
    // biome-ignore lint/a11y/useFocusableInteractive: pointed at by aria-activedescendant
    <div
      role="option"
      id={`${LIST}-${choice.id}`}
      className={`phone ${look}${askable ? " phone-askable" : ""}`}
      aria-selected={here}
      aria-disabled={!choice.selectable}
      onClick={choice.selectable || askable ? props.onClick : undefined}
    >
      <span className="cut phone-name">
        {choice.name}
        {choice.place ? <span className="quiet"> · {choice.place}</span> : null}
      </span>
      <span className="number quiet">{choice.internal}</span>
      <span className="phone-why">
        <span>
          {choice.selectable && props.isLast && choice.state === "free"
            ? "your last, free"
            : choiceSentence(choice, props.time)}
          {choice.freeAt ? (
            <span className="phone-free">
              {" "}
              (in <Countdown until={choice.freeAt} />)
            </span>
          ) : null}
        </span>
        {askable ? <span className="phone-ask">Ask {firstName(choice.heldBy?.name)} for it</span> : null}
      </span>
    </div>
  );
}

const firstName = (name = "its agent") => name.split(" ")[0];

/** Tells a screen reader, politely, that the list is another one now. */
function Changes(props: { choices: Choices }) {
  const free = props.choices.telephones.filter((one) => one.selectable).length;
  return (
    <p className="for-readers" role="status">
      {free === 0 ? "No telephone is free" : `${counted(free, "telephone")} can be chosen`}
    </p>
  );
}
