import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { BulkPlan, MadeTelephones as Made, MadeTelephone } from "../../../../contract/telephones.ts";
import { counted } from "../../../model/elapsed.ts";
import { ErrorLine } from "../../../ui/blank.tsx";
import { useHouseChanged } from "../house-lists.ts";
import { MadeTelephones } from "./made-telephones.tsx";
import "../admin.css";
import "./telephones.css";

/** Making many telephones at once: all of them or none. */
interface Making {
  busy: boolean;
  failure: unknown;
  /** Null until they are made. */
  made: readonly MadeTelephone[] | null;
  /** `replan` is called where it failed: what is in the way may be new. */
  make(ask: () => Promise<Made>, replan: () => void): Promise<void>;
  forget(): void;
}

/** For a page that makes telephones; it tells what failed until it is asked again or to forget. */
export function useMaking(): Making {
  const houseChanged = useHouseChanged();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [made, setMade] = useState<readonly MadeTelephone[] | null>(null);
  return {
    busy,
    failure,
    made,
    async make(ask, replan) {
      setBusy(true);
      setFailure(null);
      try {
        setMade((await ask()).rows);
        await houseChanged();
      } catch (error) {
        setFailure(error);
        replan();
      } finally {
        setBusy(false);
      }
    },
    forget: () => setFailure(null),
  };
}

/** What is asked on the left, what would be made of it on the right; and once it is made, the secrets. */
export function MakeMany(props: {
  title: string;
  making: Making;
  plan: BulkPlan | undefined;
  /** The plan is of what is asked now, and nothing is in its way. */
  ready: boolean;
  onMake: () => void;
  /** What is asked. */
  children: ReactNode;
  below?: ReactNode;
  planned: ReactNode;
}) {
  const { making, ready } = props;
  const navigate = useNavigate();
  const count = props.plan?.rows.length ?? 0;
  return (
    <div className="screen admin">
      <header className="screen-head">
        <h1>{making.made === null ? props.title : "Telephones made"}</h1>
        <span className="quiet" />
      </header>
      {making.made !== null ? (
        <MadeTelephones made={making.made} />
      ) : (
        <div className="telephone-many">
          <form
            className="telephone-many-form"
            onSubmit={(event) => {
              event.preventDefault();
              if (ready && !making.busy) props.onMake();
            }}
          >
            {props.children}
            <div className="admin-refusal">
              <ErrorLine error={making.failure} />
            </div>
            <p className="telephone-acts admin-above">
              <Button variant="filled" type="submit" disabled={!ready || making.busy}>
                {making.busy ? "Making…" : count === 0 ? "Make telephones" : `Make ${counted(count, "telephone")}`}
              </Button>
              <Button onClick={() => void navigate({ to: "/administration/telephones" })}>Cancel</Button>
            </p>
            {props.below}
          </form>
          <div className="telephone-many-plan">{props.planned}</div>
        </div>
      )}
    </div>
  );
}
