import { useMemo, useState } from "react";
import type { ChoiceForMe, Choices } from "../../contract/views.ts";
import { choiceSentence } from "../model/choice-sentence.ts";
import { isAskable } from "../model/telephone-list.ts";
import { ErrorLine } from "../ui/blank.tsx";
import { ConfirmAct } from "../ui/confirm-act.tsx";
import { remember, remembered } from "../ui/use-remembered.ts";
import { api, useDesk } from "./desk.ts";
import { useHouseTime, useSettings } from "./house-settings.ts";
import { TelephoneListBox } from "./telephone-list-box.tsx";
import { useAct } from "./use-act.ts";

/** Where the agent's last telephone is remembered in this browser. */
const lastTelephoneKey = (agentId: number) => `last-telephone.${agentId}`;

/**
 * The list and every way to a telephone in it: take a free one, take over a held one after a question (where no
 * telephone is registered), or ask its holder. Logging in and moving differ only in `take`, which seats the agent.
 */
export function TelephoneTaking(props: {
  choices: Choices;
  /** What the button says before the name. */
  verb: string;
  take: (wish: { telephoneId: number; confirmTakeover?: boolean }) => Promise<unknown>;
  onTaken?: () => void;
  onAsked?: () => void;
}) {
  const { choices, verb, take, onTaken, onAsked } = props;
  const { me, snapshot } = useDesk();
  const [confirming, setConfirming] = useState<ChoiceForMe | null>(null);
  const act = useAct();
  const time = useHouseTime();
  const byAsking = useSettings().data?.takeoverByAsking ?? false;
  const waiting = snapshot.askedFor?.answer === "waiting" || snapshot.askedFor?.answer === "when-call-ends";
  const askable = useMemo(
    () => (choice: ChoiceForMe) => byAsking && !waiting && isAskable(choice, me.id),
    [byAsking, waiting, me.id],
  );

  const sitDown = async (choice: ChoiceForMe, confirmTakeover: boolean) => {
    await take({ telephoneId: choice.id, ...(confirmTakeover ? { confirmTakeover } : {}) });
    remember(lastTelephoneKey(me.id), choice.id);
    onTaken?.();
  };
  const ask = async (choice: ChoiceForMe) => {
    await api.askForTelephone(choice.id);
    remember(lastTelephoneKey(me.id), choice.id);
    onAsked?.();
  };
  const choose = (choice: ChoiceForMe) => {
    act.clear();
    if (askable(choice)) void act.run(() => ask(choice));
    else if (choice.needsConfirmation) setConfirming(choice);
    else void act.run(() => sitDown(choice, false));
  };
  return (
    <>
      <TelephoneListBox
        choices={choices}
        last={remembered<number>(lastTelephoneKey(me.id))}
        busy={act.busy}
        verb={verb}
        askable={askable}
        onChoose={choose}
        message={<ErrorLine error={act.error} />}
      />
      <ConfirmAct
        opened={confirming !== null}
        title={`Take over ${confirming?.name ?? "the telephone"}?`}
        act="Take it over"
        danger
        onConfirm={() => confirming && sitDown(confirming, true)}
        onClose={() => setConfirming(null)}
      >
        {confirming?.heldBy
          ? `${confirming.name} is ${choiceSentence(confirming, time)}. ${confirming.heldBy.name}'s session ends and is told so; the telephone is yours.`
          : null}
      </ConfirmAct>
    </>
  );
}
