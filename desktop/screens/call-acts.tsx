import { Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useState } from "react";
import type { CallView } from "../model/call-view.ts";
import { askedName, otherSide } from "../model/hand-sentence.ts";
import { Key } from "../ui/key.tsx";
import { api, useDesk } from "./desk.ts";
import { TransferDialog } from "./transfer-dialog.tsx";
import type { Act } from "./use-act.ts";

/** What can be done with a call that goes on. F3 holds and takes back, F6 transfers. */
export function CallActs(props: { call: CallView; act: Act; onParked: (code: string) => void }) {
  const { call, act } = props;
  const { connected } = useDesk();
  const [choosing, setChoosing] = useState(false);
  const idle = connected && !act.busy;
  const asks = call.hand?.asks ?? null;
  const held = call.phase === "held" && asks === null;
  const joined = call.phase === "talking" || held;
  const run = (what: (legId: string) => Promise<unknown>) => void act.run(() => what(call.legId));
  const hold = () => run(held ? api.takeBack : api.hold);

  useHotkeys(
    [
      ["F3", () => idle && joined && asks === null && hold()],
      ["F6", () => idle && joined && asks === null && setChoosing(true)],
    ],
    [],
  );

  if (asks !== null) {
    const who = askedName(asks);
    return (
      <>
        <Button
          variant="filled"
          disabled={!idle || !asks.talking}
          title={
            asks.talking
              ? `Joins ${otherSide(call.type)} with ${who}, and frees your telephone`
              : `${who} has not answered yet`
          }
          onClick={() => run(api.handOver)}
        >
          Hand over to {who}
        </Button>
        <Button disabled={!idle} onClick={() => run(api.stopAsking)}>
          Back to {otherSide(call.type)}
        </Button>
      </>
    );
  }
  return (
    <>
      {call.phase === "ringing" || call.phase === "dialling" ? null : (
        <>
          <Button
            disabled={!idle}
            aria-keyshortcuts="F3"
            className="call-act-hold"
            onClick={hold}
            rightSection={<Key name="F3" />}
          >
            {held ? "Resume" : "Hold"}
          </Button>
          <Button
            disabled={!idle}
            aria-keyshortcuts="F6"
            aria-haspopup="dialog"
            onClick={() => setChoosing(true)}
            rightSection={<Key name="F6" />}
          >
            Transfer…
          </Button>
          <Button disabled={!idle} onClick={() => run(async (legId) => props.onParked((await api.park(legId)).code))}>
            Park
          </Button>
        </>
      )}
      <Button color="fault" disabled={!idle} onClick={() => run(api.hangUp)}>
        {call.phase === "ringing" ? "Refuse" : "Hang up"}
      </Button>
      <TransferDialog opened={choosing && joined} call={call} onClose={() => setChoosing(false)} />
    </>
  );
}
