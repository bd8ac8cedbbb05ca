import type { Telephone } from "../../../contract/views.ts";
import { CopyValue } from "../../ui/copy-value.tsx";
import { Field, Fields } from "../../ui/fields.tsx";
import { Signal } from "../../ui/state.tsx";
import { useHouseList } from "./house-lists.ts";

/** The usual one; the server does not tell its own. */
const SIP_PORT = "5060";

/** What to enter on the device, shown once: the secret is kept as a digest alone and cannot be seen again. */
export function Provisioning({ telephone, secret }: { telephone: Telephone; secret: string }) {
  const telephones = useHouseList("telephones", 2000);
  const now = telephones.data?.rows.find((row) => row.id === telephone.id) ?? telephone;
  return (
    <>
      <p className="lead">Enter this on the device</p>
      <p className="quiet admin-below">The secret is shown only now. If it is lost, give the telephone a new one.</p>
      <Fields>
        <Field label="Server">
          <CopyValue value={location.hostname} label="server" fixed />
        </Field>
        <Field label="Port">
          <CopyValue value={SIP_PORT} label="port" fixed />
        </Field>
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
