import { Button } from "@mantine/core";
import { useState } from "react";
import type { ChoiceForMe, Choices } from "../../contract/views.ts";
import { choiceSentence } from "../model/choice-sentence.ts";
import { EmptyState, ErrorLine, LoadingRows } from "../ui/blank.tsx";
import { ConfirmAct } from "../ui/confirm-act.tsx";
import { StateShape } from "../ui/state.tsx";
import { remember, remembered } from "../ui/use-remembered.ts";
import { api, useDesk } from "./desk.ts";
import { useHouseTime } from "./house-settings.ts";
import { TelephoneListBox } from "./telephone-list-box.tsx";
import { useAct } from "./use-act.ts";

/** Where the agent's last telephone is remembered in this browser. */
export const lastTelephoneKey = (agentId: number) => `last-telephone.${agentId}`;

/** What stands at home while the agent has no session: choose a telephone and begin. */
export function TelephoneChoice() {
  const { me, snapshot, endedOn } = useDesk();
  return (
    <div className="screen-body padded">
      <section className="choice" aria-labelledby="choice-title">
        <h1 id="choice-title">{me.hotdesk ? "Choose your telephone" : "Log in"}</h1>
        {endedOn ? (
          <p className="choice-note" role="status">
            <StateShape name="fault" /> Your session on {endedOn} has ended: the telephone was released or taken over,
            or your desktop was away too long. Choose a telephone to go on.
          </p>
        ) : null}
        {snapshot.choices === null ? (
          <LoadingRows label="Loading the telephones" />
        ) : me.typology === "remote" ? (
          <EmptyState title="You work on your own number">
            Remote agents log in by telephone. This page shows your session as soon as there is one.
          </EmptyState>
        ) : me.hotdesk ? (
          <HotdeskChoice choices={snapshot.choices} />
        ) : (
          <OwnTelephone choices={snapshot.choices} />
        )}
      </section>
    </div>
  );
}

function HotdeskChoice(props: { choices: Choices }) {
  const { me } = useDesk();
  const { noneRegistered } = props.choices;
  const key = lastTelephoneKey(me.id);
  const [asking, setAsking] = useState<ChoiceForMe | null>(null);
  const act = useAct();
  const time = useHouseTime();

  const logIn = async (choice: ChoiceForMe, confirmTakeover: boolean) => {
    await api.logIn({ telephoneId: choice.id, ...(confirmTakeover ? { confirmTakeover } : {}) });
    remember(key, choice.id);
  };
  const choose = (choice: ChoiceForMe) => {
    act.clear();
    if (choice.needsConfirmation) setAsking(choice);
    else void act.run(() => logIn(choice, false));
  };
  return (
    <>
      {noneRegistered ? (
        <p className="choice-note">
          No telephone is registered at the moment, so every one may be chosen. Calls reach you once yours is
          registered.
        </p>
      ) : null}
      <TelephoneListBox
        choices={props.choices}
        last={remembered<number>(key)}
        busy={act.busy}
        verb="Log in on"
        onChoose={choose}
        message={<ErrorLine error={act.error} />}
      />
      <ConfirmAct
        opened={asking !== null}
        title={`Take over ${asking?.name ?? "the telephone"}?`}
        act="Take it over"
        danger
        onConfirm={() => asking && logIn(asking, true)}
        onClose={() => setAsking(null)}
      >
        {asking?.heldBy
          ? `${asking.name} is ${choiceSentence(asking, time)}. ${asking.heldBy.name}'s session ends and is told so; the telephone is yours.`
          : null}
      </ConfirmAct>
    </>
  );
}

function OwnTelephone(props: { choices: Choices }) {
  const act = useAct();
  const time = useHouseTime();
  const own = props.choices.telephones;
  if (own.length === 0)
    return (
      <EmptyState title="You have no telephone yet">
        Your account is not for hotdesk and no personal telephone belongs to you. Ask an administrator for one or the
        other.
      </EmptyState>
    );
  return (
    <div className="own">
      {own.map((one) => (
        <div key={one.id} className="own-row">
          <Button
            variant="filled"
            disabled={act.busy || !one.selectable}
            onClick={() => act.run(() => api.logIn({}))}
            data-autofocus
          >
            Log in on {one.name}
          </Button>
          <span className="quiet">
            {[one.place, one.internal && `internal ${one.internal}`].filter(Boolean).join(" · ")}
            {one.state === "free" ? "" : ` – ${choiceSentence(one, time)}`}
          </span>
        </div>
      ))}
      <ErrorLine error={act.error} />
    </div>
  );
}
