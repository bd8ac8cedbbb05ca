import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { UnreachableError } from "../model/refusal-error.ts";
import { Banner } from "../ui/banner.tsx";
import { EmptyState, ErrorLine, ErrorState, LoadingRows } from "../ui/blank.tsx";
import { ConfirmAct } from "../ui/confirm-act.tsx";
import { Field, Fields } from "../ui/fields.tsx";
import { Key } from "../ui/key.tsx";
import { SavedField } from "../ui/saved-field.tsx";
import { Signal, State, type StateName } from "../ui/state.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { LimitTimer, Timer } from "../ui/timer.tsx";
import tokensText from "../ui/tokens.css?raw";
import "./design.css";

const STATES: StateName[] = ["ready", "ringing", "talking", "wrap-up", "paused", "fault"];
const SINCE = new Date(Date.now() - 137_000).toISOString();
const EARLIER = new Date(Date.now() - 60_000).toISOString();
const LATER = new Date(Date.now() + 600_000).toISOString();

/** How the product looks, on one page: what ui/tokens.css says and what is made of it, in light and in dark. */
export function DesignScreen() {
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Design</h1>
        <span className="quiet">Tokens of ui/tokens.css, and what is made of them</span>
      </header>
      <div className="screen-body design">
        <Half scheme="light" />
        <Half scheme="dark" />
      </div>
    </div>
  );
}

/** Names and values as they stand in the file. */
const colours = [...tokensText.matchAll(/--([\w-]+): light-dark\(([^,]+), ([^)]+)\)/g)].map((found) => ({
  name: found[1] ?? "",
  light: found[2] ?? "",
  dark: found[3] ?? "",
}));

function Half(props: { scheme: "light" | "dark" }) {
  const { scheme } = props;
  return (
    <section className={`design-half design-${scheme}`} aria-label={scheme}>
      <h2 className="lead">{scheme === "light" ? "Paper" : "Ink"}</h2>
      <div className="design-colours">
        {colours.map((colour) => (
          <div key={colour.name} className="design-colour">
            <span className="design-swatch" style={{ background: `var(--${colour.name})` }} />
            <span>{colour.name}</span>
            <span className="quiet">{colour[scheme]}</span>
          </div>
        ))}
      </div>
      <h3 className="label">Type</h3>
      <p className="design-numeral">Maria Bianchi 02:17</p>
      <p className="design-title">Title, 20: who is calling</p>
      <p className="lead">Lead, 15: the state of things</p>
      <p>Body, 13: everything else, with figures of one width 0123456789</p>
      <p className="small quiet">Small, 12: labels and what is said aside</p>
      <h3 className="label">States</h3>
      <div className="design-row">
        {STATES.map((name) => (
          <State key={name} name={name} block />
        ))}
      </div>
      <div className="design-row">
        {STATES.map((name) => (
          <State key={name} name={name} />
        ))}
      </div>
      <div className="design-row">
        <Signal on word="phone" /> <Signal on doubtful word="phone back" /> <Signal on={false} word="phone lost" />{" "}
        <Timer since={SINCE} /> <LimitTimer since={SINCE} dueAt={LATER} /> <LimitTimer since={SINCE} dueAt={EARLIER} />
      </div>
      <Banners />
      <h3 className="label">Acts</h3>
      <Acts />
      <h3 className="label">Fields</h3>
      <div className="design-fields">
        <TextInput label="Full name" defaultValue="Maria Bianchi" />
        <TextInput label="Internal number" defaultValue="12a" error="Two to eight digits." />
        <Select label="Place" data={["Floor 1", "Floor 2"]} defaultValue="Floor 1" />
        <SavedField label="Saved as it is left" value="Bianchi Ceramiche" onSave={() => {}} maxLength={80} />
        <Checkbox label="Hotdesk" defaultChecked />
      </div>
      <Fields>
        <Field label="Queue">Support</Field>
        <Field label="Note" />
      </Fields>
      <h3 className="label">Tables and lists</h3>
      <div className="design-table">
        <Table name={`design.${scheme}`} label="Example" rows={ROWS} columns={COLUMNS} keyOf={(row) => row.name} />
      </div>
      <div className="design-blanks">
        <EmptyState title="Nothing waits to be disposed" act={<Button>Add a contact</Button>}>
          What would be here, and the one act that fills it.
        </EmptyState>
        <ErrorState error={new UnreachableError()} onRetry={() => {}} />
        <LoadingRows rows={3} />
        <ErrorLine error={new UnreachableError()} />
      </div>
    </section>
  );
}

/** The lines that stand under the status bar while something is to be known or to be answered. */
function Banners() {
  return (
    <div>
      <Banner tone="ask" label="A question" acts={<Button variant="filled">Give it</Button>}>
        <strong>Luca Neri asks for Desk 12.</strong> If you give it, your session ends.
      </Banner>
      <Banner tone="fault" label="A telephone" acts={<Button>Move to another telephone</Button>}>
        <strong>Desk 12 is not connected since 10:31: check cable and power.</strong> You get no calls.
      </Banner>
      <Banner tone="paused" label="A supervisor">
        <strong>Teresa Sala paused you at 10:31: team meeting.</strong> You get no calls until a supervisor ends it.
      </Banner>
    </div>
  );
}

function Acts() {
  const [asking, setAsking] = useState(false);
  return (
    <div className="design-row">
      <Button variant="filled">Log in on Desk 12</Button>
      <Button rightSection={<Key name="F8" />}>Pause</Button>
      <Button variant="subtle">Undo</Button>
      <Button color="fault" onClick={() => setAsking(true)}>
        Release…
      </Button>
      <Button disabled>Call</Button>
      <ConfirmAct
        opened={asking}
        title="Release Desk 12?"
        act="Release"
        danger
        onConfirm={() => {}}
        onClose={() => setAsking(false)}
      >
        Anna is on a call on this telephone: it is released when they hang up.
      </ConfirmAct>
    </div>
  );
}

interface Example {
  name: string;
  waiting: number;
  longest: string;
}
const ROWS: Example[] = [
  { name: "Invoices", waiting: 0, longest: "" },
  { name: "Sales", waiting: 1, longest: "00:12" },
  { name: "Support", waiting: 3, longest: "00:41" },
];
const COLUMNS: Column<Example>[] = [
  { id: "name", title: "Queue", value: (row) => row.name, width: 160 },
  { id: "waiting", title: "Waiting", value: (row) => row.waiting, width: 80, numeric: true },
  { id: "longest", title: "Longest", value: (row) => row.longest, width: 80, numeric: true },
];
