import { Button } from "@mantine/core";
import { useState } from "react";
import type { Telephone } from "../../../contract/views.ts";
import { tripText, uncleanReason } from "../../model/telephone-state.ts";
import { ConfirmAct } from "../../ui/confirm-act.tsx";
import { Signal } from "../../ui/state.tsx";
import { api } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { useHouseChanged } from "./house-lists.ts";
import "./admin.css";

/** A telephone as it is now: registered or not, where, and who holds it, with the way to free it. */
export function Held({ telephone, named }: { telephone: Telephone; named?: boolean }) {
  const houseChanged = useHouseChanged();
  const time = useHouseTime();
  const [asking, setAsking] = useState(false);
  const [waits, setWaits] = useState(false);
  const { heldBy } = telephone;
  const release = async () => {
    const { outcome } = await api.post<{ outcome: string }>(`/supervision/telephones/${telephone.id}/release`);
    setWaits(outcome === "when-call-ends");
    await houseChanged();
  };
  return (
    <div className="admin-now">
      <p>
        {named ? `${telephone.fullName} · ` : null}
        <Signal on={telephone.registered} word={telephone.registered ? "registered" : "not registered"} />
        {telephone.address === null ? null : <span className="quiet"> · from {telephone.address}</span>}
        {telephone.roundTripMs === null ? null : (
          <span className="quiet"> · answers in {tripText(telephone.roundTripMs)}</span>
        )}
      </p>
      {telephone.userAgent === null ? null : <p className="quiet cut">{telephone.userAgent}</p>}
      <p> </p>
      {heldBy === null ? (
        <p className="quiet">Nobody is logged in on it.</p>
      ) : (
        <p className="admin-held">
          <span>
            {heldBy.name} is logged in since {time.when(heldBy.since)}
          </span>
          <Button size="xs" onClick={() => setAsking(true)}>
            Release…
          </Button>
        </p>
      )}
      {telephone.lastUnclean === null ? null : (
        <p className="quiet">
          {telephone.lastUnclean.name} left without logging out: {uncleanReason(telephone.lastUnclean.reason)}{" "}
          {time.when(telephone.lastUnclean.at)}.
        </p>
      )}
      {waits && heldBy !== null ? (
        <p role="status">A call is going on: the telephone is released when it ends.</p>
      ) : null}
      <ConfirmAct
        opened={asking}
        title={`Release ${telephone.fullName}?`}
        act="Release"
        danger
        onClose={() => setAsking(false)}
        onConfirm={release}
      >
        {heldBy === null
          ? "Nobody holds it any more."
          : `${heldBy.name} is logged in on this telephone: the session ends, and the telephone is free for others. If a call is going on, both wait until it ends.`}
      </ConfirmAct>
    </div>
  );
}
