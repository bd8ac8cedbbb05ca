import { Button } from "@mantine/core";
import { useState } from "react";
import type { Agent } from "../../../contract/views.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { api } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { useHouseChanged } from "./house-lists.ts";

/** Too many wrong PINs were given for an agent's number: until when it takes none, with the way to end that. */
export function PinLock({ agent, until }: { agent: Agent; until: string }) {
  const houseChanged = useHouseChanged();
  const time = useHouseTime();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const unlock = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await api.post(`/agents/${agent.id}/unlock-pin`);
      await houseChanged();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="admin-now">
      <p className="admin-held">
        <span role="status">
          Too many wrong PINs for {agent.internal ?? "this number"}: locked until {time.when(until)}
        </span>
        <Button size="xs" disabled={busy} onClick={() => void unlock()}>
          Unlock
        </Button>
      </p>
      <ErrorLine error={failure} />
    </div>
  );
}
