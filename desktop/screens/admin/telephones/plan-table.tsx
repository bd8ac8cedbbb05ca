import type { BulkPlan, LineProblem, PlannedTelephone } from "../../../../contract/telephones.ts";
import { counted } from "../../../model/elapsed.ts";
import { StateShape } from "../../../ui/state.tsx";
import { type Column, Table } from "../../../ui/table.tsx";
import "./telephones.css";

/** So many problems are told in full above the table. */
const TOLD = 6;

interface PlanRow {
  line: number;
  planned: PlannedTelephone | null;
  problems: LineProblem[];
}

/** What would be made, a telephone a row, each with what stands in its way. `line` is what a line is called here. */
export function PlanTable(props: { plan: BulkPlan; line: string; one: string }) {
  const { plan } = props;
  const rows = rowsOf(plan);
  const broken = rows.filter(({ problems }) => problems.length > 0).length;
  const has = (field: "model" | "owner") => plan.rows.some((row) => row[field] !== null);
  const columns: Column<PlanRow>[] = [
    { id: "line", title: props.line, width: 78, numeric: true, value: ({ line }) => line },
    {
      id: "problems",
      title: "In the way",
      width: broken > 0 ? 284 : 100,
      value: ({ problems }) => (problems.length === 0 ? null : problems.map(wordsOf).join("; ")),
      cell: ({ problems }) =>
        problems.length === 0 ? (
          <span className="quiet">nothing</span>
        ) : (
          <span className="telephone-problem" title={problems.map(wordsOf).join("; ")}>
            <StateShape name="fault" /> {problems.map(wordsOf).join("; ")}
          </span>
        ),
    },
    { id: "fullName", title: "Name", width: 130, value: ({ planned }) => planned?.fullName ?? null },
    { id: "username", title: "Username", width: 120, value: ({ planned }) => planned?.username ?? null },
    { id: "internal", title: "Internal", width: 80, numeric: true, value: ({ planned }) => planned?.internal ?? null },
    { id: "place", title: "Place", width: 110, value: ({ planned }) => planned?.place ?? null },
    { id: "model", title: "Model", width: 100, value: ({ planned }) => planned?.model ?? null, hidden: !has("model") },
    { id: "owner", title: "Owner", width: 100, value: ({ planned }) => planned?.owner ?? null, hidden: !has("owner") },
  ];
  return (
    <>
      <p className="telephone-many-note" role="status">
        {broken === 0 ? (
          `${counted(plan.rows.length, "telephone")} would be made. Each gets a secret of its own.`
        ) : (
          <span className="telephone-problem">
            <StateShape name="fault" /> {counted(plan.problems.length, "problem")} in {counted(broken, props.one)}:
            nothing is made until all are solved.
          </span>
        )}
      </p>
      {broken === 0 ? null : (
        <ul className="telephone-many-note">
          {plan.problems.slice(0, TOLD).map((problem) => (
            <li key={`${problem.line} ${wordsOf(problem)}`}>
              {props.line} {problem.line}, {wordsOf(problem)}
            </li>
          ))}
          {plan.problems.length > TOLD ? <li className="quiet">The others stand in the table.</li> : null}
        </ul>
      )}
      <div className="admin-table">
        <Table
          name={`plan.${props.line}`}
          label="What would be made"
          rows={rows}
          columns={columns}
          keyOf={({ line }) => line}
        />
      </div>
    </>
  );
}

/** Lines with problems first, so that nobody looks for them; among each other as they stand. */
function rowsOf({ rows, problems }: BulkPlan): PlanRow[] {
  const lines = new Map(
    rows.map((planned): [number, PlanRow] => [planned.line, { line: planned.line, planned, problems: [] }]),
  );
  for (const problem of problems) {
    const row = lines.get(problem.line) ?? { line: problem.line, planned: null, problems: [] };
    row.problems.push(problem);
    lines.set(problem.line, row);
  }
  return [...lines.values()].sort(
    (a, b) => Number(a.problems.length === 0) - Number(b.problems.length === 0) || a.line - b.line,
  );
}

const wordsOf = ({ column, words }: LineProblem) => (column === null ? words : `${column}: ${words}`);
