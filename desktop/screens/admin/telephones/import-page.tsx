import { Button, FileButton, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  type BulkPlan,
  IMPORT_COLUMNS,
  type MadeTelephones as Made,
  MOST_AT_ONCE,
} from "../../../../contract/telephones.ts";
import { EmptyState, ErrorState } from "../../../ui/blank.tsx";
import { Field, Fields } from "../../../ui/fields.tsx";
import { api } from "../../desk.ts";
import { useLeaveGuard } from "../leave-guard.tsx";
import { MakeMany, useMaking } from "./make-many.tsx";
import { PlanTable } from "./plan-table.tsx";
import { saveFile } from "./save-file.ts";

/** As the server takes it (ImportBody). */
const MOST_CHARACTERS = 200_000;
const TEMPLATE = [
  Object.keys(IMPORT_COLUMNS).join(","),
  "Desk 1,desk-1,101,Floor 1,yealink,,",
  "Anna at home,anna-home,,,linphone,,",
  "",
].join("\r\n");

/** Telephones out of a CSV file: every problem with its line before anything is made, and then all of them or none. */
export function TelephoneImportPage() {
  const making = useMaking();
  const [text, setText] = useState("");
  const guard = useLeaveGuard(making.made === null && text.trim() !== "" ? ["the telephones of the file"] : []);
  const [asked] = useDebouncedValue(text, 300);
  const tooLong = text.length > MOST_CHARACTERS;
  const plan = useQuery({
    queryKey: ["telephone-file", asked],
    queryFn: () => api.post<BulkPlan>("/telephones/import/plan", { text: asked }),
    enabled: asked.trim() !== "" && asked.length <= MOST_CHARACTERS && making.made === null,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  const ready = asked === text && plan.data !== undefined && !plan.isPlaceholderData && plan.data.problems.length === 0;

  const read = async (file: File | null) => {
    if (file === null) return;
    making.forget();
    setText(await file.slice(0, 4 * MOST_CHARACTERS).text());
  };
  const make = () =>
    making.make(
      () => api.post<Made>("/telephones/import", { text }),
      () => void plan.refetch(),
    );
  const planned =
    text.trim() === "" ? (
      <EmptyState title="No file yet">
        What would be made stands here, with every line that has a problem. Nothing is made before you say so.
      </EmptyState>
    ) : plan.data !== undefined ? (
      <PlanTable plan={plan.data} line="Line" one="line" />
    ) : plan.error ? (
      <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
    ) : null;
  const columns = (
    <section className="admin-above telephone-columns" aria-labelledby="import-columns">
      <h2 id="import-columns">Columns</h2>
      <Fields>
        {Object.entries(IMPORT_COLUMNS).map(([name, meaning]) => (
          <Field key={name} label={name}>
            {meaning}
          </Field>
        ))}
      </Fields>
    </section>
  );

  return (
    <>
      <MakeMany
        title="Import telephones"
        making={making}
        plan={plan.data}
        ready={ready}
        onMake={() => void make()}
        below={columns}
        planned={planned}
      >
        <p className="telephone-acts admin-below">
          <FileButton onChange={(file) => void read(file)} accept="text/csv,text/plain,.csv,.txt">
            {(props) => <Button {...props}>Choose a file…</Button>}
          </FileButton>
          <Button onClick={() => saveFile("telephones-template.csv", "text/csv", TEMPLATE)}>Download a template</Button>
        </p>
        <Textarea
          className="telephone-file"
          label="or paste its text"
          description={`A head with the names of the columns, then a telephone a line, at most ${MOST_AT_ONCE}`}
          rows={10}
          spellCheck={false}
          error={tooLong ? "This is too long: split the file" : undefined}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </MakeMany>
      {guard.dialog}
    </>
  );
}
