import { useQuery } from "@tanstack/react-query";
import type { Registrar, Telephone } from "../../../contract/views.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { CopyValue } from "../../ui/copy-value.tsx";
import { Field, Fields } from "../../ui/fields.tsx";
import { Signal } from "../../ui/state.tsx";
import { api } from "../desk.ts";
import { useHouseList } from "./house-lists.ts";

/** What to enter on the device, shown once: the secret is kept as a digest alone and cannot be seen again. */
export function Provisioning({ telephone, secret }: { telephone: Telephone; secret: string }) {
  const { data: registrar, error } = useQuery({
    queryKey: ["registrar"],
    queryFn: () => api.get<Registrar>("/telephones/registrar"),
  });
  const telephones = useHouseList("telephones", 2000);
  const now = telephones.data?.rows.find((row) => row.id === telephone.id) ?? telephone;
  return (
    <>
      <p className="lead">Enter this on the device</p>
      <p className="quiet admin-below">The secret is shown only now. If it is lost, give the telephone a new one.</p>
      <ErrorLine error={error} />
      <Fields>
        <Field label="Server">
          {registrar === undefined ? null : (
            <CopyValue value={registrar.host ?? location.hostname} label="server" fixed />
          )}
        </Field>
        <Field label="Port">
          {registrar === undefined ? null : <CopyValue value={String(registrar.port)} label="port" fixed />}
        </Field>
        {typeof registrar?.tlsPort === "number" ? (
          <Field label="Port, TLS">
            <CopyValue value={String(registrar.tlsPort)} label="TLS port" fixed />
          </Field>
        ) : null}
        <Field label="User">
          <CopyValue value={telephone.username} label="user" fixed />
        </Field>
        <Field label="Secret">
          <CopyValue value={secret} label="secret" fixed />
        </Field>
      </Fields>
      <p className="admin-above" role="status">
        {now.registered ? (
          <Signal on word={`registered${now.address === null ? "" : ` from ${now.address}`}`} />
        ) : (
          <span className="quiet">Waiting for it to register. This line turns green when it does.</span>
        )}
      </p>
    </>
  );
}
