import { TextInput } from "@mantine/core";
import { useId, useState } from "react";
import { fuzzyFilter } from "../../model/fuzzy-filter.ts";
import { Dialog } from "../../ui/dialog.tsx";

export interface Pick {
  id: string;
  title: string;
  about: string;
}

/** One of many, found by typing: arrows walk, Enter takes, Escape leaves. */
export function PickDialog(props: {
  opened: boolean;
  title: string;
  placeholder: string;
  picks: readonly Pick[];
  /** Filters as it likes; nothing: by the letters of title and words. */
  found?: ((typed: string) => readonly Pick[]) | undefined;
  empty: string;
  onType?: ((typed: string) => void) | undefined;
  onPick: (id: string) => void;
  onClose: () => void;
}) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title} size={440} top>
      {props.opened ? <PickList key={props.title} {...props} /> : null}
    </Dialog>
  );
}

function PickList(props: Parameters<typeof PickDialog>[0]) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const found = props.found?.(typed) ?? fuzzyFilter(props.picks, typed, ({ title, about }) => `${title} ${about}`);
  const active = Math.min(at, found.length - 1);
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={found[active] === undefined ? undefined : `${list}-${active}`}
        aria-label={props.title}
        placeholder={props.placeholder}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
          props.onType?.(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          const chosen = found[active];
          if (event.key === "ArrowDown") setAt(Math.min(active + 1, found.length - 1));
          else if (event.key === "ArrowUp") setAt(Math.max(active - 1, 0));
          else if (event.key === "Enter" && chosen !== undefined) props.onPick(chosen.id);
          else return;
          event.preventDefault();
        }}
      />
      {found.length === 0 ? (
        <p className="pick-empty quiet" role="status">
          {props.empty}
        </p>
      ) : null}
      <div role="listbox" id={list} aria-label={props.title} className="pick-list">
        {found.map((one, place) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, as in any combobox
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field takes it
          <div
            key={one.id}
            id={`${list}-${place}`}
            role="option"
            aria-selected={place === active}
            className="pick-one"
            ref={(element) => {
              if (place === active) element?.scrollIntoView({ block: "nearest" });
            }}
            onClick={() => props.onPick(one.id)}
          >
            <span>{one.title}</span>
            <span className="quiet small cut">{one.about}</span>
          </div>
        ))}
      </div>
    </>
  );
}
