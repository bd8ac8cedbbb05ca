import { TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useState } from "react";
import { fuzzyFilter } from "../model/fuzzy-filter.ts";
import { dialable, phoneNumberText } from "../model/phone-number.ts";
import { ErrorLine } from "../ui/blank.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Key } from "../ui/key.tsx";
import { clickToDial } from "./click-to-dial.ts";
import { api, useDesk } from "./desk.ts";
import { screens } from "./index.ts";
import { useAct } from "./use-act.ts";
import "./command-palette.css";

interface Found {
  id: string;
  text: string;
  hint: string;
  act: () => Promise<unknown> | unknown;
}

const SHOWN = 12;
const PEOPLE = 6;

/** Find anything: a screen, a contact to call, a number. Opens with Ctrl+K, lives on the keyboard. */
export function CommandPalette() {
  const [opened, setOpened] = useState(false);
  useHotkeys([["mod+K", () => setOpened(true)]], []);
  return (
    <>
      <button type="button" className="bar-find" onClick={() => setOpened(true)}>
        <IconSearch size={14} aria-hidden="true" />
        <span className="bar-find-word">Find anything</span>
        <Key name={/Mac/.test(navigator.userAgent) ? "⌘K" : "Ctrl K"} />
      </button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title="Find anything" titleHidden size={560} top>
        {opened ? <Finder onDone={() => setOpened(false)} /> : null}
      </Dialog>
    </>
  );
}

function Finder(props: { onDone: () => void }) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const act = useAct();
  const found = useFound(typed.trim());
  const here = found[Math.min(at, found.length - 1)];
  const go = (one: Found) => void act.run(async () => one.act()).then((done) => done && props.onDone());

  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(found.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter" && here) go(here);
    else return;
    event.preventDefault();
  };
  return (
    <div className="finder">
      <TextInput
        aria-label="Find anything"
        placeholder="A screen, a contact, a number to call"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKey}
        role="combobox"
        aria-expanded="true"
        aria-controls="finder-list"
        aria-activedescendant={here ? `finder-${here.id}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        data-autofocus
      />
      <div id="finder-list" role="listbox" aria-label="Found" className="finder-list" tabIndex={-1}>
        {found.map((one) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's above, which keeps the focus
          // biome-ignore lint/a11y/useFocusableInteractive: pointed at by aria-activedescendant
          <div
            key={one.id}
            id={`finder-${one.id}`}
            role="option"
            aria-selected={one === here}
            className="finder-line"
            onClick={() => go(one)}
          >
            <span className="cut">{one.text}</span>
            <span className="cut quiet">{one.hint}</span>
          </div>
        ))}
        {found.length === 0 ? <p className="finder-line quiet">Nothing answers to that.</p> : null}
      </div>
      <ErrorLine error={act.error} />
    </div>
  );
}

function useFound(typed: string): Found[] {
  const { me, snapshot } = useDesk();
  const navigate = useNavigate();
  const people = useQuery({
    queryKey: ["contacts", "search", typed],
    queryFn: () => api.list("contacts", { q: typed, limit: PEOPLE }),
    enabled: typed.length > 1,
    placeholderData: (before) => before,
  });
  const mayCall = snapshot.session !== null;
  const number = dialable(typed);
  const calls: Found[] =
    mayCall && number !== null && number.length > 1
      ? [
          {
            id: "call",
            text: `Call ${phoneNumberText(number)}`,
            hint: "from your telephone",
            act: () => clickToDial(number),
          },
        ]
      : [];
  const contacts = (typed.length > 1 ? (people.data?.rows ?? []) : []).flatMap((one): Found[] => {
    const to = dialable(one.numbers[0] ?? "");
    if (!mayCall || to === null) return [];
    return [
      { id: `contact-${one.id}`, text: `Call ${one.fullName}`, hint: phoneNumberText(to), act: () => clickToDial(to) },
    ];
  });
  const doors = fuzzyFilter(
    screens.filter((one) => one.roles.includes(me.role) && one.door !== "none"),
    typed,
    (one) => one.title,
  ).map(
    (one): Found => ({
      id: `screen-${one.path.slice(1) || "home"}`,
      text: one.title,
      hint: "screen",
      act: () => navigate({ to: one.path }),
    }),
  );
  return [...calls, ...doors, ...contacts].slice(0, SHOWN);
}
