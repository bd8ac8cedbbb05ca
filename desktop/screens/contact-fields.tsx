import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Contact } from "../../contract/views.ts";
import { numbersOf } from "../model/contact-draft.ts";
import { ErrorLine } from "../ui/blank.tsx";
import { SavedField } from "../ui/saved-field.tsx";
import { api, queries } from "./desk.ts";
import { useAct } from "./use-act.ts";

type Change = Partial<Pick<Contact, "fullName" | "company" | "email" | "note" | "numbers">>;

/** A contact's fields, each saved when it is left; the last change can be undone. */
export function ContactFields(props: { contact: Contact }) {
  const [contact, setContact] = useState(props.contact);
  const [undo, setUndo] = useState<Change | null>(null);
  const act = useAct();
  useEffect(() => setContact(props.contact), [props.contact]);

  const save = (change: Change, before: Change | null) =>
    act.run(async () => {
      setContact(await api.change("contacts", contact.id, change));
      setUndo(before);
      void queries.invalidateQueries({ queryKey: ["contacts"] });
    });
  const text = (field: "fullName" | "company" | "email" | "note") => (value: string) =>
    void save(
      { [field]: value.trim() || (field === "fullName" ? contact.fullName : null) },
      {
        [field]: contact[field],
      },
    );

  return (
    <div className="contact-form">
      <SavedField label="Full name" value={contact.fullName} onSave={text("fullName")} maxLength={120} required />
      <SavedField label="Company" value={contact.company ?? ""} onSave={text("company")} maxLength={120} />
      <SavedField
        label="Numbers"
        value={contact.numbers.join(", ")}
        onSave={(value) => void save({ numbers: numbersOf(value) }, { numbers: contact.numbers })}
        maxLength={400}
      />
      <SavedField label="Mail address" value={contact.email ?? ""} onSave={text("email")} maxLength={254} />
      <SavedField
        className="wide"
        label="Note on the contact"
        value={contact.note ?? ""}
        onSave={text("note")}
        maxLength={4000}
        lines={4}
      />
      <div className="contact-acts" aria-live="polite">
        {act.error ? (
          <ErrorLine error={act.error} />
        ) : undo ? (
          <>
            <span className="quiet">Saved.</span>
            <Button size="xs" variant="subtle" onClick={() => void save(undo, null)}>
              Undo
            </Button>
          </>
        ) : (
          <span className="quiet small">Saved as you leave a field.</span>
        )}
      </div>
    </div>
  );
}
