import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import "./side-panel.css";

/**
 * A panel beside a list: what the chosen row is, or a form for a new one. The list stays in sight and in reach. Escape
 * closes it; the focus goes in when it opens and back to where it was when it closes.
 */
export function SidePanel(props: {
  title: string;
  /** Changes when the panel shows another thing, so that the focus starts anew. */
  about: string;
  children: ReactNode;
  foot?: ReactNode;
  wide?: boolean;
  onClose: () => void;
}) {
  const { about } = props;
  const panel = useRef<HTMLElement>(null);
  const title = useId();
  useEffect(() => {
    const before = document.activeElement;
    const first = panel.current?.querySelector<HTMLElement>("[data-first]");
    // A panel about another thing starts at its beginning, with the first thing to fill in, or at its title.
    (first ?? panel.current)?.focus({ preventScroll: about === "" });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [about]);
  return (
    <aside
      className={props.wide ? "side-panel wide" : "side-panel"}
      aria-labelledby={title}
      tabIndex={-1}
      ref={panel}
      onKeyDown={(event) => {
        // An open list of choices is closed by Escape first, where it can be closed.
        const choosing =
          event.target instanceof Element && event.target.matches("[aria-expanded=true]:not([data-stays])");
        if (event.key === "Escape" && !event.defaultPrevented && !choosing) {
          event.preventDefault();
          props.onClose();
        }
      }}
    >
      <header className="side-panel-head">
        <h2 id={title} className="cut">
          {props.title}
        </h2>
        <ActionIcon aria-label="Close" onClick={props.onClose}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      <div className="side-panel-body">{props.children}</div>
      {props.foot ? <footer className="side-panel-foot">{props.foot}</footer> : null}
    </aside>
  );
}
