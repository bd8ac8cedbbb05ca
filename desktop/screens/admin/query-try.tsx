import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import type { DataQuery, DataQueryFound } from "../../../contract/views.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { api } from "../desk.ts";
import { useAct } from "../use-act.ts";

/** Asks a query as it is saved, with values that are typed in, and shows the row it finds. */
export function QueryTry({ query }: { query: DataQuery }) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [found, setFound] = useState<DataQueryFound | null>(null);
  const act = useAct();
  const ask = () =>
    act.run(async () => {
      setFound(null);
      setFound(await api.post<DataQueryFound>(`/data-queries/${query.id}/try`, { values }));
    });
  return (
    <section className="admin-now query-try" aria-label="Try it">
      {query.parameters.map((name) => (
        <TextInput
          key={name}
          size="xs"
          label={name}
          maxLength={2000}
          autoComplete="off"
          value={values[name] ?? ""}
          onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
        />
      ))}
      <Button size="xs" disabled={act.busy} onClick={() => void ask()}>
        Ask it as it is saved
      </Button>
      <ErrorLine error={act.error} />
      <div role="status">
        {found === null ? null : found.row === null ? (
          <p className="quiet">It finds nothing ({found.ms} ms).</p>
        ) : (
          <>
            <p className="quiet">The first row ({found.ms} ms):</p>
            <dl className="query-row">
              {found.row.map(({ column, value }) => (
                <div key={column}>
                  <dt>
                    <code>{column}</code>
                  </dt>
                  <dd>{value === "" ? <span className="quiet">empty</span> : value}</dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </div>
    </section>
  );
}
