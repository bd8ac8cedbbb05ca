import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { BulkBody, type BulkPlan, type MadeTelephones as Made } from "../../../../contract/telephones.ts";
import { bodyToCreate } from "../../../model/form-changes.ts";
import { type FieldWords, fieldsOf, problemsOf, type Values } from "../../../model/form-fields.ts";
import { nextRow } from "../../../model/next-row.ts";
import { EmptyState, ErrorLine, LoadingRows } from "../../../ui/blank.tsx";
import { SchemaForm } from "../../../ui/schema-form.tsx";
import { api } from "../../desk.ts";
import { useHouseList } from "../house-lists.ts";
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

/** A row of telephones by a pattern, which begins as the next free one of those that are there. */
export function TelephoneRowPage() {
  const telephones = useHouseList("telephones");
  const agents = useHouseList("agents");
  const here = telephones.data?.rows;
  const people = agents.data?.rows;
  const next = useMemo(() => {
    if (here === undefined || people === undefined) return null;
    return nextRow(here, new Set([...here, ...people].flatMap(({ internal }) => internal ?? [])));
  }, [here, people]);
  // Where the lists cannot be read more can be made all the same: the plan names what is in the way.
  const proposal = next ?? (telephones.isError || agents.isError ? nextRow([], new Set()) : null);
  if (proposal !== null) return <RowForm proposal={{ ...proposal }} />;
  return (
    <div className="screen admin">
      <LoadingRows label="Looking which are free" />
    </div>
  );
}

/** What would be made shows while it is typed, and all of it is made or none. Until then the proposal stays current. */
function RowForm({ proposal }: { proposal: Values }) {
  const making = useMaking();
  const profiles = useDeviceProfiles();
  const [typed, setTyped] = useState<Values | null>(null);
  const values = typed ?? proposal;
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
      onChange={(name, value) => setTyped({ ...values, [name]: value })}
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
