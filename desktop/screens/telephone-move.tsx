import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ChoiceForMe } from "../../contract/views.ts";
import { choiceSentence } from "../model/choice-sentence.ts";
import { ErrorLine, ErrorState, LoadingRows } from "../ui/blank.tsx";
import { ConfirmAct } from "../ui/confirm-act.tsx";
import { remember, remembered } from "../ui/use-remembered.ts";
import { api, useDesk } from "./desk.ts";
import { useHouseTime } from "./house-settings.ts";
import { lastTelephoneKey } from "./telephone-choice.tsx";
import { TelephoneListBox } from "./telephone-list-box.tsx";
import { useAct } from "./use-act.ts";

/** The live snapshot carries the list only before login; while the dialog is open it is asked for this often. */
const AGAIN_MS = 2000;

/** Sit at another telephone in the same session. */
export function TelephoneMove(props: { from: string; onDone: () => void }) {
  const { me } = useDesk();
  const [asking, setAsking] = useState<ChoiceForMe | null>(null);
  const choices = useQuery({ queryKey: ["choices"], queryFn: api.choices, refetchInterval: AGAIN_MS });
  const act = useAct();
  const time = useHouseTime();

  const move = async (choice: ChoiceForMe, confirmTakeover: boolean) => {
    await api.changeTelephone({ telephoneId: choice.id, ...(confirmTakeover ? { confirmTakeover } : {}) });
    remember(lastTelephoneKey(me.id), choice.id);
    props.onDone();
  };
  const choose = (choice: ChoiceForMe) => {
    act.clear();
    if (choice.needsConfirmation) setAsking(choice);
    else void act.run(() => move(choice, false));
  };
  if (choices.isError) return <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />;
  if (choices.isPending) return <LoadingRows label="Loading the telephones" />;
  return (
    <>
      <p className="quiet choice-note">Your session goes on; {props.from} becomes free for others.</p>
      <TelephoneListBox
        choices={choices.data}
        last={remembered<number>(lastTelephoneKey(me.id))}
        busy={act.busy}
        verb="Move to"
        onChoose={choose}
        message={<ErrorLine error={act.error} />}
      />
      <ConfirmAct
        opened={asking !== null}
        title={`Take over ${asking?.name ?? "the telephone"}?`}
        act="Take it over"
        danger
        onConfirm={() => asking && move(asking, true)}
        onClose={() => setAsking(null)}
      >
        {asking ? `${asking.name} is ${choiceSentence(asking, time)}. That session ends and is told so.` : null}
      </ConfirmAct>
    </>
  );
}
