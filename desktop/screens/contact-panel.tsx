import { Button, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Contact, Leg } from "../../contract/views.ts";
import { ErrorLine, LoadingRows } from "../ui/blank.tsx";
import { Key } from "../ui/key.tsx";
import { ContactFields } from "./contact-fields.tsx";
import { api, queries } from "./desk.ts";
import { NewContact } from "./new-contact.tsx";
import { useAct } from "./use-act.ts";

type Hint = NonNullable<Leg["contact"]>;
const SEVERAL = 20;

/** Who is calling: found by number, chosen among several, looked up by name, or made new in place. */
export function ContactPanel(props: { number: string; hint: Hint | null; onContact: (contact: Hint) => void }) {
  const { number, hint } = props;
  const panel = useRef<HTMLElement>(null);
  const [elsewhere, setElsewhere] = useState(false);
  useHotkeys([["F4", () => panel.current?.querySelector<HTMLElement>("input, textarea")?.focus()]], []);

  const byNumber = useQuery({
    queryKey: ["contacts", "number", number],
    queryFn: () => api.list("contacts", { number, limit: SEVERAL }),
    enabled: /[0-9]/.test(number),
  });
  const found = byNumber.data?.rows ?? [];
  const chosenId = hint?.id ?? null;
  const chosen = useQuery({
    queryKey: ["contacts", "one", chosenId],
    queryFn: () => api.one("contacts", chosenId ?? 0),
    enabled: chosenId !== null && !found.some((one) => one.id === chosenId),
  });
  const contact = found.find((one) => one.id === chosenId) ?? chosen.data ?? null;

  const { onContact } = props;
  const only = found.length === 1 ? found[0] : undefined;
  useEffect(() => {
    if (chosenId === null && only !== undefined) onContact(hintOf(only));
  }, [chosenId, only, onContact]);

  const choose = (one: Contact) => {
    setElsewhere(false);
    onContact(hintOf(one));
  };
  const body = () => {
    if (elsewhere) return <ContactSearch number={number} onChoose={choose} onClose={() => setElsewhere(false)} />;
    if (contact) return <ContactFields key={contact.id} contact={contact} />;
    if (byNumber.isLoading || chosen.isLoading) return <LoadingRows rows={5} label="Looking for the contact" />;
    if (found.length > 1) return <Several contacts={found} onChoose={choose} />;
    return <NewContact number={number} onCreated={choose} />;
  };
  return (
    <section className="panel" aria-labelledby="contact-title" ref={panel}>
      <div className="panel-head">
        <h2 id="contact-title">
          {contact || elsewhere ? "Contact" : found.length > 1 ? "Which contact?" : "New contact"}
        </h2>
        <Key name="F4" />
        {elsewhere ? null : (
          <Button size="xs" variant="subtle" ml="auto" onClick={() => setElsewhere(true)}>
            {contact ? "Somebody else…" : "Find one…"}
          </Button>
        )}
      </div>
      <ErrorLine error={byNumber.error ?? chosen.error} />
      {body()}
    </section>
  );
}

const hintOf = (contact: Contact): Hint => ({ id: contact.id, name: contact.fullName, company: contact.company });

function Several(props: { contacts: Contact[]; onChoose: (contact: Contact) => void }) {
  return (
    <div className="several">
      {props.contacts.map((one) => (
        <button key={one.id} type="button" className="several-one" onClick={() => props.onChoose(one)}>
          <span className="cut">{one.fullName}</span>
          <span className="cut quiet">{one.company}</span>
        </button>
      ))}
    </div>
  );
}

/** Looks a contact up by name and gives it the caller's number, so that the next call finds it. */
function ContactSearch(props: { number: string; onChoose: (contact: Contact) => void; onClose: () => void }) {
  const [q, setQ] = useState("");
  const act = useAct();
  const found = useQuery({
    queryKey: ["contacts", "search", q.trim()],
    queryFn: () => api.list("contacts", { q: q.trim(), limit: SEVERAL }),
    enabled: q.trim() !== "",
    placeholderData: (before) => before,
  });
  const choose = (one: Contact) =>
    act.run(async () => {
      const known = one.numbers.includes(props.number) || !/[0-9]/.test(props.number);
      const changed = known ? one : await api.change("contacts", one.id, { numbers: [...one.numbers, props.number] });
      void queries.invalidateQueries({ queryKey: ["contacts"] });
      props.onChoose(changed);
    });
  return (
    <div className="contact-form">
      <TextInput
        className="wide"
        label="Find by name, company or number"
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
        maxLength={80}
        autoFocus
      />
      <div className="wide">
        <Several contacts={found.data?.rows ?? []} onChoose={(one) => void choose(one)} />
        {q.trim() !== "" && found.data?.rows.length === 0 ? <p className="quiet">Nobody answers to that.</p> : null}
      </div>
      <div className="contact-acts">
        <Button onClick={props.onClose}>Back</Button>
        <ErrorLine error={act.error ?? found.error} />
      </div>
    </div>
  );
}
