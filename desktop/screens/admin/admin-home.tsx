import { IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { firstSteps } from "../../model/first-steps.ts";
import { ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { Field, Fields } from "../../ui/fields.tsx";
import { AlarmLines } from "../alarm-lines.tsx";
import { type House, useHouse } from "./house.ts";
import { useLiveTelephones } from "./live-telephones.ts";
import "./admin.css";

/** Where the administration begins: what a first call still needs, then the house in numbers. */
export function AdminHome() {
  useLiveTelephones();
  const { house, arrived, error, again } = useHouse();
  return (
    <div className="screen admin">
      <AlarmLines />
      <header className="screen-head">
        <h1>Overview</h1>
      </header>
      <div className="screen-body padded">
        {arrived ? (
          <div className="admin-home">
            <Steps house={house} />
            <Numbers house={house} />
          </div>
        ) : error ? (
          <ErrorState error={error} onRetry={again} />
        ) : (
          <LoadingRows />
        )}
      </div>
    </div>
  );
}

function Steps({ house }: { house: House }) {
  const steps = firstSteps(house);
  const missing = steps.filter((step) => !step.done);
  if (missing.length === 0) return null;
  return (
    <section aria-labelledby="first-steps">
      <h2 id="first-steps">First steps</h2>
      <p className="quiet">
        {missing.length === steps.length
          ? "Six steps to the first call. They tick themselves off."
          : `Still missing for a call from outside: ${missing.length} of ${steps.length}.`}
      </p>
      <ol className="admin-steps">
        {steps.map((step) => (
          <li key={step.id} className={step.done ? "done" : ""}>
            {step.done ? (
              <IconCircleCheck size={16} aria-hidden="true" />
            ) : (
              <IconCircleDashed size={16} aria-hidden="true" />
            )}
            <span>
              {step.title}
              <span className="for-readers">{step.done ? ", done" : ", to do"}</span>
              <br />
              <span className="quiet small">{step.state}</span>
            </span>
            <Link
              to={`/administration/${step.page}`}
              search={
                step.done || step.id === "registered" || (step.id === "agent" && house.agents.length > 0)
                  ? {}
                  : { open: "new" }
              }
              aria-label={`${step.done ? "See" : "Go"}: ${step.title.toLowerCase()}`}
            >
              {step.done ? "See" : "Go"}
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Numbers({ house }: { house: House }) {
  const { agents, telephones, queues, trunks, inboundRoutes, outboundRoutes } = house;
  const idle = agents.filter((agent) => agent.queues.length === 0).length;
  const registered = telephones.filter((one) => one.registered).length;
  const held = telephones.filter((one) => one.heldBy !== null).length;
  const line = (page: string, text: string) => (
    <Link to={`/administration/${page}`} search={{}}>
      {text}
    </Link>
  );
  return (
    <section aria-labelledby="house-numbers">
      <h2 id="house-numbers">The house</h2>
      <Fields>
        <Field label="Agents">
          {line("agents", String(agents.length))}
          {idle > 0 ? <span className="quiet"> · {idle} in no queue</span> : null}
        </Field>
        <Field label="Telephones">
          {line("telephones", String(telephones.length))}
          <span className="quiet">
            {" "}
            · {registered} registered · {held} held
          </span>
        </Field>
        <Field label="Queues">{line("queues", String(queues.length))}</Field>
        <Field label="Trunks">{line("trunks", String(trunks.length))}</Field>
        <Field label="Inbound routes">{line("inbound-routes", String(inboundRoutes.length))}</Field>
        <Field label="Outbound routes">{line("outbound-routes", String(outboundRoutes.length))}</Field>
      </Fields>
    </section>
  );
}
