import { Button } from "@mantine/core";
import { IconCheck, IconMinus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { BalanceCheckView } from "../../../contract/views.ts";
import { comparedWords, offWords } from "../../model/balance-days.ts";
import { counted } from "../../model/elapsed.ts";
import { CopyValue } from "../../ui/copy-value.tsx";
import { StateShape } from "../../ui/state.tsx";
import { useHouseTime } from "../house-settings.ts";

/** Each pair of books in a line: what is true of it where it balances, and what is off where it does not. */
export function BalanceChecks(props: {
  day: string;
  checks: readonly BalanceCheckView[];
  rowId: string | null;
  onWhy: (rowId: string) => void;
}) {
  return (
    <ul className="balance-checks" aria-label="What was compared">
      {props.checks.map((check) => (
        <Check key={check.name} day={props.day} check={check} rowId={props.rowId} onWhy={props.onWhy} />
      ))}
    </ul>
  );
}

interface CheckProps {
  day: string;
  check: BalanceCheckView;
  rowId: string | null;
  onWhy: (rowId: string) => void;
}

function Check(props: CheckProps) {
  const { check } = props;
  const [open, setOpen] = useState(false);
  return (
    <li>
      <div className="balance-check">
        <Mark check={check} />
        <span>{check.title}</span>
        <span className="quiet number">{comparedWords(check)}</span>
        {check.off === 0 ? null : (
          <Button size="compact-sm" color="fault" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {offWords(check.off)}
          </Button>
        )}
      </div>
      {open ? <Unbalanced {...props} /> : null}
    </li>
  );
}

/** A shape for each, and its word for those who hear it. */
function Mark({ check }: { check: BalanceCheckView }) {
  if (check.off > 0) return <StateShape name="fault" />;
  const Icon = check.compared === 0 ? IconMinus : IconCheck;
  return (
    <Icon
      size={14}
      className="balance-mark"
      role="img"
      aria-label={check.compared === 0 ? "Nothing to compare" : "Balances"}
    />
  );
}

function Unbalanced(props: CheckProps) {
  const { first, off, title } = props.check;
  const time = useHouseTime();
  return (
    <>
      <table className="balance-list" aria-label={`What is off: ${title}`}>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What is off</th>
            <th scope="col">Call</th>
          </tr>
        </thead>
        <tbody>
          {first.map(({ at, words, linkedId, rowId }, nth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list of one comparison never changes
            <tr key={nth} aria-selected={rowId !== null && rowId === props.rowId ? true : undefined}>
              <td>{time.exactly(at)}</td>
              <td>{words}</td>
              <td>
                {linkedId === null ? (
                  <span className="quiet">–</span>
                ) : (
                  <CopyValue value={linkedId} label="call id" fixed />
                )}
                {rowId !== null ? (
                  <Button size="compact-xs" onClick={() => props.onWhy(rowId)}>
                    Why
                  </Button>
                ) : linkedId !== null ? (
                  <Link to="/report-call" search={{ period: "custom", from: props.day, to: props.day, call: linkedId }}>
                    Its rows
                  </Link>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {off > first.length ? (
        <p className="quiet balance-more">And {counted(off - first.length, "more", "more")}.</p>
      ) : null}
    </>
  );
}
