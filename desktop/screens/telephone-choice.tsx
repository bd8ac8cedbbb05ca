import { Button } from "@mantine/core";
import type { Choices } from "../../contract/views.ts";
import { choiceSentence } from "../model/choice-sentence.ts";
import { endedSentence } from "../model/ended-sentence.ts";
import { EmptyState, ErrorLine, LoadingRows } from "../ui/blank.tsx";
import { StateShape } from "../ui/state.tsx";
import { api, useDesk } from "./desk.ts";
import { useHouseTime } from "./house-settings.ts";
import { TelephoneTaking } from "./telephone-taking.tsx";
import { useAct } from "./use-act.ts";

/** What stands at home while the agent has no session: choose a telephone and begin. */
export function TelephoneChoice() {
  const { me, snapshot, ended } = useDesk();
  const time = useHouseTime();
  return (
    <div className="choice-screen">
      <section className="choice" aria-labelledby="choice-title">
        <h1 id="choice-title">{me.hotdesk ? "Choose your telephone" : "Log in"}</h1>
        {ended ? (
          <p className="choice-note choice-ended" role="status">
            <StateShape name="fault" />
            <span>
              <strong>{endedSentence(ended, time)}</strong>{" "}
              {me.hotdesk ? "Choose a telephone to go on." : "Log in to go on."}
            </span>
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
  return (
    <>
      {props.choices.noneRegistered ? (
        <p className="choice-note">
          No telephone is registered at the moment, so every one may be chosen. Calls reach you once yours is
          registered.
        </p>
      ) : null}
      <TelephoneTaking choices={props.choices} verb="Log in on" take={api.logIn} />
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
