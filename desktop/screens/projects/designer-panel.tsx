import { BlockPanel } from "./block-panel.tsx";
import { IssuesPanel } from "./issues-panel.tsx";
import { LivePanel } from "./live-panel.tsx";
import type { Picture } from "./picture.ts";
import { TrialPanel } from "./trial-panel.tsx";
import type { Designer } from "./use-designer.ts";
import { toCanvas } from "./use-designer-acts.ts";
import { VersionsPanel } from "./versions-panel.tsx";

export type PanelTab = "block" | "issues" | "try" | "versions" | "live";

/** Beside the canvas: what is chosen, what is wrong, and the ways to look at the project. */
export function DesignerPanel(props: {
  designer: Designer;
  tab: PanelTab;
  mayChange: boolean;
  onTab: (tab: PanelTab) => void;
  onCopy: (cut: boolean) => void;
  onPicture: (picture: Picture) => void;
  onPublished: () => Promise<unknown>;
}) {
  const { designer, tab, onTab, onPicture } = props;
  const { issues } = designer;
  const tabs: [PanelTab, string][] = [
    ["block", "Block"],
    ["issues", issues.length === 0 ? "Issues" : `Issues ${issues.length}`],
    ["try", "Try it"],
    ["versions", "Versions"],
    ["live", "Live"],
  ];
  const wrong = issues.some(({ severity }) => severity === "error");
  const shown = () => {
    switch (tab) {
      case "block":
        return <BlockPanel designer={designer} onCopy={props.onCopy} />;
      case "issues":
        return (
          <IssuesPanel
            issues={issues}
            onReveal={(block, more) => {
              onTab("block");
              designer.reveal(block, more);
            }}
          />
        );
      case "try":
        return <TrialPanel designer={designer} onPicture={onPicture} />;
      case "versions":
        return (
          <VersionsPanel
            designer={designer}
            mayChange={props.mayChange}
            onPicture={onPicture}
            onPublished={props.onPublished}
          />
        );
      case "live":
        return <LivePanel designer={designer} onPicture={onPicture} />;
    }
  };
  return (
    <aside
      className="designer-panel"
      aria-label="Panel"
      onKeyDown={(event) => {
        // An open list of choices is closed by Escape first.
        const choosing = event.target instanceof Element && event.target.getAttribute("aria-expanded") === "true";
        if (event.key === "Escape" && !event.defaultPrevented && !choosing) toCanvas();
      }}
    >
      <fieldset className="designer-tabs" aria-label="What the panel shows">
        {tabs.map(([id, words]) => (
          <button
            key={id}
            type="button"
            aria-pressed={tab === id}
            className={id === "issues" && wrong ? "has-errors" : ""}
            onClick={() => onTab(id)}
          >
            {words}
          </button>
        ))}
      </fieldset>
      {shown()}
    </aside>
  );
}
