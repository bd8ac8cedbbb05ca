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
          <OwnNumber choices={snapshot.choices} />
        ) : me.hotdesk ? (
          <HotdeskChoice choices={snapshot.choices} />
        ) : (
          <OwnTelephone choices={snapshot.choices} />
        )}
      </section>
    </div>
  );
}

/** Who works outside: what happens at the number, and that the telephone is another way in. */
function OwnNumber(props: { choices: Choices }) {
  const act = useAct();
  const { me } = useDesk();
  const line = props.choices.telephones.find((one) => one.remote);
  if (line === undefined)
    return (
      <EmptyState title="Nobody knows where to ring you yet">
        Your account has no number outside. Ask an administrator to enter one.
      </EmptyState>
    );
  return (
    <div className="own">
      <div className="own-row">
        <Button
          variant="filled"
          disabled={act.busy || !line.selectable}
          onClick={() => act.run(() => api.logIn({ remote: true }))}
          data-autofocus
        >
          Log in on {line.name}
        </Button>
      </div>
      <p className="choice-note">
        Calls of your queues ring there. You hear who calls and press 1 to take the call, or 2 to send it away; until
        then the caller hears music.
      </p>
      <p className="choice-note">
        You can also log in by telephone: call the number that your house has for it and say who you are with{" "}
        {me.internal === null ? "your agent number" : `your agent number ${me.internal}`} and your PIN. It is the same
        session, and this page shows it at once.
      </p>
      <ErrorLine error={act.error} />
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
            onClick={() => act.run(() => api.logIn(one.remote ? { remote: true } : {}))}
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
