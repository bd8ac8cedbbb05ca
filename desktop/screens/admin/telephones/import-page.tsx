import { Button, FileButton, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import {
  type BulkPlan,
  IMPORT_COLUMNS,
  type MadeTelephones as Made,
  type MadeTelephone,
  MOST_AT_ONCE,
} from "../../../../contract/telephones.ts";
import { counted } from "../../../model/elapsed.ts";
import { EmptyState, ErrorLine, ErrorState } from "../../../ui/blank.tsx";
import { Field, Fields } from "../../../ui/fields.tsx";
import { api } from "../../desk.ts";
import { useHouseChanged } from "../house-lists.ts";
import { useLeaveGuard } from "../leave-guard.tsx";
import { MadeTelephones } from "./made-telephones.tsx";
import { PlanTable } from "./plan-table.tsx";
import { saveFile } from "./save-file.ts";
import "../admin.css";
import "./telephones.css";

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
  const navigate = useNavigate();
  const houseChanged = useHouseChanged();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [made, setMade] = useState<readonly MadeTelephone[] | null>(null);
  const guard = useLeaveGuard(made === null && text.trim() !== "" ? ["the telephones of the file"] : []);
  const [asked] = useDebouncedValue(text, 300);
  const tooLong = text.length > MOST_CHARACTERS;
  const plan = useQuery({
    queryKey: ["telephone-file", asked],
    queryFn: () => api.post<BulkPlan>("/telephones/import/plan", { text: asked }),
    enabled: asked.trim() !== "" && asked.length <= MOST_CHARACTERS && made === null,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  const ready = asked === text && plan.data !== undefined && !plan.isPlaceholderData && plan.data.problems.length === 0;

  const read = async (file: File | null) => {
    if (file === null) return;
    setFailure(null);
    setText(await file.slice(0, 4 * MOST_CHARACTERS).text());
  };
  const make = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const { rows } = await api.post<Made>("/telephones/import", { text });
      setMade(rows);
      await houseChanged();
    } catch (error) {
      setFailure(error);
      void plan.refetch();
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="screen admin">
      <header className="screen-head">
        <h1>{made === null ? "Import telephones" : "Telephones made"}</h1>
        <span className="quiet" />
      </header>
      {made !== null ? (
        <MadeTelephones made={made} />
      ) : (
        <div className="telephone-many">
          <div className="telephone-many-form">
            <p className="telephone-acts admin-below">
              <FileButton onChange={(file) => void read(file)} accept="text/csv,text/plain,.csv,.txt">
                {(props) => <Button {...props}>Choose a file…</Button>}
              </FileButton>
              <Button onClick={() => saveFile("telephones-template.csv", "text/csv", TEMPLATE)}>
                Download a template
              </Button>
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
            <div className="admin-refusal">
              <ErrorLine error={failure} />
            </div>
            <p className="telephone-acts admin-above">
              <Button variant="filled" disabled={!ready || busy} onClick={() => void make()}>
                {busy ? "Making…" : makeWords(plan.data)}
              </Button>
              <Button onClick={() => void navigate({ to: "/administration/telephones" })}>Cancel</Button>
            </p>
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
          </div>
          <div className="telephone-many-plan">
            {text.trim() === "" ? (
              <EmptyState title="No file yet">
                What would be made stands here, with every line that has a problem. Nothing is made before you say so.
              </EmptyState>
            ) : plan.data !== undefined ? (
              <PlanTable plan={plan.data} line="Line" one="line" />
            ) : plan.error ? (
              <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
            ) : null}
          </div>
        </div>
      )}
      {guard.dialog}
    </div>
  );
}

const makeWords = (plan: BulkPlan | undefined) =>
  plan === undefined || plan.rows.length === 0 ? "Make telephones" : `Make ${counted(plan.rows.length, "telephone")}`;
