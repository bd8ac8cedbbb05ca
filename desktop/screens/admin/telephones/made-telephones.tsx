import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { MadeTelephone } from "../../../../contract/telephones.ts";
import { counted } from "../../../model/elapsed.ts";
import { accountsCsv } from "../../../model/provisioning-sheet.ts";
import { ErrorLine } from "../../../ui/blank.tsx";
import { CopyValue } from "../../../ui/copy-value.tsx";
import { Signal } from "../../../ui/state.tsx";
import { type Column, Table } from "../../../ui/table.tsx";
import { useHouseList } from "../house-lists.ts";
import { useLeaveGuard } from "../leave-guard.tsx";
import { useLiveTelephones } from "../live-telephones.ts";
import { usePrintedSheets } from "./printed-sheets.tsx";
import { saveFile } from "./save-file.ts";
import { useSheetServer } from "./sheet-facts.ts";

/** The secrets of telephones just made: to be printed or saved now, and never seen again. Registrations show as they come. */
export function MadeTelephones({ made }: { made: readonly MadeTelephone[] }) {
  useLiveTelephones();
  const navigate = useNavigate();
  const { server, error } = useSheetServer();
  const { print, sheets } = usePrintedSheets(server);
  const [kept, setKept] = useState(false);
  const guard = useLeaveGuard(kept ? [] : ["the secrets: print or download them first"]);
  const telephones = useHouseList("telephones", 5000);
  const now = new Map(telephones.data?.rows.map((row) => [row.id, row]));
  const registered = made.filter(({ telephone }) => now.get(telephone.id)?.registered).length;

  const columns: Column<MadeTelephone>[] = [
    { id: "fullName", title: "Name", width: 160, value: ({ telephone }) => telephone.fullName },
    { id: "username", title: "Username", width: 150, value: ({ telephone }) => telephone.username },
    {
      id: "secret",
      title: "Secret, shown only now",
      width: 230,
      value: ({ secret }) => secret,
      unsorted: true,
      cell: ({ secret, telephone }) => <CopyValue value={secret} label={`secret of ${telephone.fullName}`} fixed />,
    },
    { id: "internal", title: "Internal", width: 80, numeric: true, value: ({ telephone }) => telephone.internal },
    { id: "place", title: "Place", width: 120, value: ({ telephone }) => telephone.place },
    {
      id: "registered",
      title: "Registered",
      width: 144,
      value: ({ telephone }) => (now.get(telephone.id)?.registered ? "registered" : "not registered"),
      cell: ({ telephone }) => {
        const on = now.get(telephone.id)?.registered ?? false;
        return <Signal on={on} word={on ? "registered" : "not registered"} />;
      },
    },
  ];
  const accounts = made.map(({ telephone, secret }) => ({ ...telephone, secret }));
  return (
    <>
      <div className="telephone-many-note telephone-test-head">
        <span role="status">
          {counted(made.length, "telephone")} made, {registered} registered.{" "}
          <span className="quiet">A secret that is lost can be replaced, not seen again.</span>
        </span>
        <span className="telephone-acts">
          <Button
            disabled={server === undefined}
            onClick={() => {
              if (server === undefined) return;
              saveFile("telephones.csv", "text/csv", accountsCsv(accounts, server));
              setKept(true);
            }}
          >
            Download CSV
          </Button>
          <Button
            variant="filled"
            disabled={server === undefined}
            onClick={() => {
              print(made);
              setKept(true);
            }}
          >
            Print {counted(made.length, "sheet")}
          </Button>
          <Button onClick={() => void navigate({ to: "/administration/telephones" })}>Done</Button>
        </span>
      </div>
      {server?.warning ? <p className="telephone-many-note">{server.warning}</p> : null}
      <ErrorLine error={error} />
      <div className="admin-table">
        <Table
          name="made-telephones"
          label="Telephones just made"
          rows={made}
          columns={columns}
          keyOf={({ telephone }) => telephone.id}
        />
      </div>
      {guard.dialog}
      {sheets}
    </>
  );
}
