import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import {
  BulkBody,
  type BulkPlan,
  type MadeTelephones as Made,
  type MadeTelephone,
} from "../../../../contract/telephones.ts";
import { counted } from "../../../model/elapsed.ts";
import { bodyToCreate } from "../../../model/form-changes.ts";
import { type FieldWords, fieldsOf, problemsOf, type Values } from "../../../model/form-fields.ts";
import { EmptyState, ErrorLine } from "../../../ui/blank.tsx";
import { SchemaForm } from "../../../ui/schema-form.tsx";
import { api } from "../../desk.ts";
import { useHouseChanged } from "../house-lists.ts";
import { MadeTelephones } from "./made-telephones.tsx";
import { PlanTable } from "./plan-table.tsx";
import { useDeviceProfiles } from "./sheet-facts.ts";
import "../admin.css";
import "./telephones.css";

const fields = fieldsOf(BulkBody);
const words: Record<string, FieldWords> = {
  fullName: { hint: "{n} stands for the number", shape: "Needs {n} in it" },
  username: { hint: "What each registers with", shape: "Needs {n}; letters, digits, dot, dash, underscore" },
  digits: { hint: "3 writes 001", blank: "As they come" },
  internalFrom: { hint: "The others follow it", blank: "None", shape: "2 to 8 digits" },
  place: { blank: "None" },
  model: { label: "Model", blank: "As they call themselves" },
};
const fresh: Values = { fullName: "Desk {n}", username: "desk-{n}", from: 1, to: 10 };

/** A row of telephones by a pattern: what would be made shows while it is typed, and all of it is made or none. */
export function TelephoneRowPage() {
  const navigate = useNavigate();
  const houseChanged = useHouseChanged();
  const profiles = useDeviceProfiles();
  const [values, setValues] = useState<Values>(fresh);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [made, setMade] = useState<readonly MadeTelephone[] | null>(null);
  const problems = problemsOf(fields, values, words);
  const fits = Object.keys(problems).length === 0;
  const [asked] = useDebouncedValue(JSON.stringify(bodyToCreate(fields, values)), 200);
  const plan = useQuery({
    queryKey: ["telephone-row", asked],
    queryFn: () => api.post<BulkPlan>("/telephones/bulk/plan", JSON.parse(asked)),
    enabled: fits && made === null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const ready = fits && plan.data !== undefined && !plan.isPlaceholderData && plan.data.problems.length === 0;

  const make = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const { rows } = await api.post<Made>("/telephones/bulk", bodyToCreate(fields, values));
      setMade(rows);
      await houseChanged();
    } catch (error) {
      setFailure(error);
      void plan.refetch();
    } finally {
      setBusy(false);
    }
  };
  const form = (names: readonly string[]) => (
    <SchemaForm
      fields={fields.filter(({ name }) => names.includes(name))}
      values={values}
      onChange={(name, value) => setValues({ ...values, [name]: value })}
      words={words}
      problems={problems}
      options={{ model: profiles.map(({ id, name }) => ({ value: id, label: name })) }}
    />
  );

  return (
    <div className="screen admin">
      <header className="screen-head">
        <h1>{made === null ? "New row of telephones" : "Telephones made"}</h1>
        <span className="quiet" />
      </header>
      {made !== null ? (
        <MadeTelephones made={made} />
      ) : (
        <div className="telephone-many">
          <form
            className="telephone-many-form"
            onSubmit={(event) => {
              event.preventDefault();
              if (ready && !busy) void make();
            }}
          >
            {form(["fullName", "username"])}
            <div className="telephone-many-pair admin-above">
              {form(["from", "digits"])}
              {form(["to", "internalFrom"])}
            </div>
            <div className="admin-above">{form(["place", "model"])}</div>
            <div className="admin-refusal">
              <ErrorLine error={failure} />
            </div>
            <p className="telephone-acts admin-above">
              <Button variant="filled" type="submit" disabled={!ready || busy}>
                {busy
                  ? "Making…"
                  : (plan.data?.rows.length ?? 0) === 0
                    ? "Make telephones"
                    : `Make ${counted(plan.data?.rows.length ?? 0, "telephone")}`}
              </Button>
              <Button onClick={() => void navigate({ to: "/administration/telephones" })}>Cancel</Button>
            </p>
          </form>
          <div className="telephone-many-plan">
            {plan.data === undefined ? (
              plan.error ? (
                <ErrorLine error={plan.error} />
              ) : (
                <EmptyState title={fits ? "Looking…" : "Fill in the form"}>What would be made stands here.</EmptyState>
              )
            ) : (
              <PlanTable plan={plan.data} line="Number" one="line" />
            )}
          </div>
        </div>
      )}
    </div>
  );
}
