import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { BulkBody, type BulkPlan, type MadeTelephones as Made } from "../../../../contract/telephones.ts";
import { bodyToCreate } from "../../../model/form-changes.ts";
import { type FieldWords, fieldsOf, problemsOf, type Values } from "../../../model/form-fields.ts";
import { EmptyState, ErrorLine } from "../../../ui/blank.tsx";
import { SchemaForm } from "../../../ui/schema-form.tsx";
import { api } from "../../desk.ts";
import { MakeMany, useMaking } from "./make-many.tsx";
import { PlanTable } from "./plan-table.tsx";
import { useDeviceProfiles } from "./sheet-facts.ts";

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
  const making = useMaking();
  const profiles = useDeviceProfiles();
  const [values, setValues] = useState<Values>(fresh);
  const problems = problemsOf(fields, values, words);
  const fits = Object.keys(problems).length === 0;
  const [asked] = useDebouncedValue(JSON.stringify(bodyToCreate(fields, values)), 200);
  const plan = useQuery({
    queryKey: ["telephone-row", asked],
    queryFn: () => api.post<BulkPlan>("/telephones/bulk/plan", JSON.parse(asked)),
    enabled: fits && making.made === null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const ready = fits && plan.data !== undefined && !plan.isPlaceholderData && plan.data.problems.length === 0;

  const make = () =>
    making.make(
      () => api.post<Made>("/telephones/bulk", bodyToCreate(fields, values)),
      () => void plan.refetch(),
    );
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

  const planned =
    plan.data !== undefined ? (
      <PlanTable plan={plan.data} line="Number" one="line" />
    ) : plan.error ? (
      <ErrorLine error={plan.error} />
    ) : (
      <EmptyState title={fits ? "Looking…" : "Fill in the form"}>What would be made stands here.</EmptyState>
    );

  return (
    <MakeMany
      title="New row of telephones"
      making={making}
      plan={plan.data}
      ready={ready}
      onMake={() => void make()}
      planned={planned}
    >
      {form(["fullName", "username"])}
      <div className="telephone-many-pair admin-above">
        {form(["from", "digits"])}
        {form(["to", "internalFrom"])}
      </div>
      <div className="admin-above">{form(["place", "model"])}</div>
    </MakeMany>
  );
}
