import { Button } from "@mantine/core";
import type { Telephone } from "../../../contract/views.ts";
import { accountUri, filledSteps } from "../../model/provisioning-sheet.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { CopyValue } from "../../ui/copy-value.tsx";
import { Field, Fields } from "../../ui/fields.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { Signal } from "../../ui/state.tsx";
import { useHouseList } from "./house-lists.ts";
import { usePrintedSheets } from "./telephones/printed-sheets.tsx";
import { profileFor, useDeviceProfiles, useSheetServer } from "./telephones/sheet-facts.ts";
import "./telephones/telephones.css";

/** What to enter on the device, shown once: the secret is kept as a digest alone and cannot be seen again. */
export function Provisioning({ telephone, secret }: { telephone: Telephone; secret: string }) {
  const { server, error } = useSheetServer();
  const profile = profileFor(useDeviceProfiles(), telephone);
  const { print, sheets } = usePrintedSheets(server);
  const telephones = useHouseList("telephones", 2000);
  const now = telephones.data?.rows.find((row) => row.id === telephone.id) ?? telephone;
  const account = { ...telephone, secret };
  return (
    <>
      <p className="lead">Enter this on the device</p>
      <p className="quiet admin-below">The secret is shown only now. If it is lost, give the telephone a new one.</p>
      <ErrorLine error={error} />
      <Fields>
        <Field label="Server">
          {server === undefined ? null : <CopyValue value={server.host} label="server" fixed />}
        </Field>
        <Field label="Port">
          {server === undefined ? null : <CopyValue value={String(server.port)} label="port" fixed />}
        </Field>
        {typeof server?.tlsPort === "number" ? (
          <Field label="Port, TLS">
            <CopyValue value={String(server.tlsPort)} label="TLS port" fixed />
          </Field>
        ) : null}
        <Field label="User">
          <CopyValue value={telephone.username} label="user" fixed />
        </Field>
        <Field label="Secret">
          <CopyValue value={secret} label="secret" fixed />
        </Field>
      </Fields>
      {server?.warning ? <p className="telephone-warning">{server.warning}</p> : null}
      <p className="admin-above" role="status">
        {now.registered ? (
          <Signal on word={`registered${now.address === null ? "" : ` from ${now.address}`}`} />
        ) : (
          <span className="quiet">Waiting for it to register. This line turns green when it does.</span>
        )}
      </p>
      {server === undefined ? null : (
        <div className="telephone-code">
          <QrCode text={accountUri(account, server)} label={`Account of ${telephone.fullName} as a code`} size={132} />
          <div>
            <p className="quiet small">
              The code holds the same as a SIP address, which some softphones read. A camera shows it as text.
            </p>
            <Button onClick={() => print([{ telephone, secret }])}>Print sheet</Button>
          </div>
        </div>
      )}
      {profile === undefined || server === undefined ? null : (
        <section className="telephone-steps" aria-label={`Steps on ${profile.name}`}>
          <h3>{profile.name}</h3>
          <ol>
            {filledSteps(profile.steps, account, server).map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          {profile.note === null ? null : <p className="quiet">{profile.note}</p>}
        </section>
      )}
      {sheets}
    </>
  );
}
