import { FLOOR_GROUPS, type FloorFilter, type FloorGroup, GROUP_TINTS, GROUP_WORDS } from "../../model/floor-agents.ts";
import { StateShape } from "../../ui/state.tsx";

type Counted = FloorGroup | "unattended";

/** How many are in each state, each a button that shows them alone. What nobody is in stays, grey: its place is known. */
export function FloorCounts(props: {
  counts: Record<Counted, number>;
  chosen: FloorFilter["group"];
  onChoose: (group: FloorFilter["group"]) => void;
}) {
  const { counts, chosen, onChoose } = props;
  const groups: Counted[] = [...FLOOR_GROUPS.slice(0, -1), "unattended", "logged-out"];
  return (
    <fieldset className="floor-counts" aria-label="Agents by state">
      {groups.map((group) => (
        <button
          key={group}
          type="button"
          className="floor-count"
          data-none={counts[group] === 0 || undefined}
          aria-pressed={chosen === group}
          onClick={() => onChoose(chosen === group ? null : group)}
        >
          <Shape group={group} />
          <span>{group === "unattended" ? "Unattended" : GROUP_WORDS[group]}</span>
          <strong>{counts[group]}</strong>
        </button>
      ))}
    </fieldset>
  );
}

function Shape({ group }: { group: Counted }) {
  const tint = group === "unattended" ? "fault" : GROUP_TINTS[group];
  return tint === null ? null : <StateShape name={tint} />;
}
