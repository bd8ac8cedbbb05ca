import type { Telephone } from "../../../contract/views.ts";
import { CopyValue } from "../../ui/copy-value.tsx";
import { Field, Fields } from "../../ui/fields.tsx";
import { Signal } from "../../ui/state.tsx";
import { useHouseList } from "./house-lists.ts";
import { useSipServer } from "./settings.ts";

/** What to enter on the device, shown once: the secret is kept as a digest alone and cannot be seen again. */
export function Provisioning({ telephone, secret }: { telephone: Telephone; secret: string }) {
  const server = useSipServer();
  const telephones = useHouseList("telephones", 2000);
  const now = telephones.data?.rows.find((row) => row.id === telephone.id) ?? telephone;
  return (
    <>
      <p className="lead">Enter this on the device</p>
      <p className="quiet admin-below">The secret is shown only now. If it is lost, give the telephone a new one.</p>
      <Fields>
        <Field label="Server">
          <CopyValue value={server.host} label="server" fixed />
        </Field>
        <Field label="Port">
          <CopyValue value={String(server.port)} label="port" fixed />
        </Field>
        <Field label="User">
          <CopyValue value={telephone.username} label="user" fixed />
        </Field>
        <Field label="Secret">
          <CopyValue value={secret} label="secret" fixed />
        </Field>
      </Fields>
      <p className="admin-above" role="status">
        <Signal
          on={now.registered}
          word={
            now.registered
              ? `registered${now.address === null ? "" : ` from ${now.address}`}`
              : "waiting for it to register"
          }
        />
      </p>
    </>
  );
}
