import { IconAlertTriangle } from "@tabler/icons-react";
import type { FlowIssue } from "../../../contract/flow.ts";
import { counted } from "../../model/elapsed.ts";
import { StateShape } from "../../ui/state.tsx";

type Reveal = (block: string, more: { exit?: string; option?: string }) => void;

/** What is wrong with the flow, errors first. A click goes to the place. */
export function IssuesPanel({ issues, onReveal }: { issues: readonly FlowIssue[]; onReveal: Reveal }) {
  const errors = issues.filter(({ severity }) => severity === "error");
  const warnings = issues.filter(({ severity }) => severity === "warning");
  return (
    <div className="panel-body">
      {issues.length === 0 ? <p>Nothing is wrong. It can be published.</p> : null}
      <IssueList title={counted(errors.length, "error")} issues={errors} onReveal={onReveal} />
      {errors.length > 0 ? <p className="quiet small">With an error in it a project cannot be published.</p> : null}
      <IssueList title={counted(warnings.length, "warning")} issues={warnings} onReveal={onReveal} />
    </div>
  );
}

/** Some issues under a heading; nothing where there are none. */
export function IssueList(props: { title: string; issues: readonly FlowIssue[]; onReveal: Reveal }) {
  const { issues, onReveal } = props;
  if (issues.length === 0) return null;
  return (
    <section>
      <h2 className="label">{props.title}</h2>
      <ul className="issue-list">
        {issues.map((issue) => {
          const { block, exit, option } = issue;
          const words = (
            <>
              {issue.severity === "error" ? (
                <StateShape name="fault" />
              ) : (
                <IconAlertTriangle size={14} aria-hidden="true" />
              )}
              <span>{issue.words}</span>
            </>
          );
          return (
            <li key={`${issue.code} ${block} ${exit ?? ""} ${option ?? ""}`}>
              {block === null ? (
                <p className="issue">{words}</p>
              ) : (
                <button
                  type="button"
                  className="issue"
                  onClick={() =>
                    onReveal(block, {
                      ...(exit === undefined ? {} : { exit }),
                      ...(option === undefined ? {} : { option }),
                    })
                  }
                >
                  {words}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
