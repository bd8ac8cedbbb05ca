import { Button, Select, Textarea, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import type { Contact } from "../../contract/views.ts";
import { numbersOf, wrongNumber } from "../model/contact-draft.ts";
import { EmptyState, ErrorLine, ErrorState } from "../ui/blank.tsx";
import { useRemembered } from "../ui/use-remembered.ts";
import { useHouseList } from "./admin/house-lists.ts";
import { api, queries } from "./desk.ts";
import { useAct } from "./use-act.ts";
import { useDraft } from "./use-draft.ts";

/** Lists change a few times a year. */
const AGAIN_MS = 60_000;

/** A contact made new in place; the caller's number is already in it. */
export function NewContact(props: { number: string; onCreated: (contact: Contact) => void }) {
  const lists = useHouseList("contact-lists", AGAIN_MS);
  const [usual, setUsual] = useRemembered<number | null>("usual-contact-list", null);
  const [draft, setDraft, clearDraft] = useDraft(`contact.${props.number}`, {
    fullName: "",
    company: "",
    email: "",
    note: "",
    numbers: props.number,
  });
  const act = useAct();
  const set = (field: keyof typeof draft) => (event: { currentTarget: { value: string } }) => {
    setDraft({ ...draft, [field]: event.currentTarget.value });
  };
  const rows = lists.data?.rows ?? [];
  const list = rows.find((one) => one.id === usual) ?? rows[0];
  const wrong = wrongNumber(draft.numbers);
  const ready = draft.fullName.trim() !== "" && list !== undefined && wrong === null && !act.busy;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || list === undefined) return;
    void act.run(async () => {
      const contact = await api.create("contacts", {
        listId: list.id,
        fullName: draft.fullName.trim(),
        company: draft.company.trim() || null,
        email: draft.email.trim() || null,
        note: draft.note.trim() || null,
        numbers: numbersOf(draft.numbers),
      });
      void queries.invalidateQueries({ queryKey: ["contacts"] });
      clearDraft();
      props.onCreated(contact);
    });
  };
  if (lists.isError) return <ErrorState error={lists.error} onRetry={() => void lists.refetch()} />;
  if (lists.isSuccess && rows.length === 0)
    return <EmptyState title="There is no contact list yet">An administrator makes one under Set up.</EmptyState>;
  return (
    <form className="contact-form" onSubmit={submit}>
      <TextInput label="Full name" value={draft.fullName} onChange={set("fullName")} maxLength={120} />
      <TextInput label="Company" value={draft.company} onChange={set("company")} maxLength={120} />
      <TextInput label="Numbers" value={draft.numbers} onChange={set("numbers")} maxLength={400} error={wrong} />
      <TextInput label="Mail address" value={draft.email} onChange={set("email")} maxLength={254} />
      <Textarea
        className="wide"
        label="Note on the contact"
        value={draft.note}
        onChange={set("note")}
        autosize
        minRows={2}
        maxRows={4}
        maxLength={4000}
      />
      {rows.length > 1 ? (
        <Select
          label="List"
          value={list === undefined ? null : String(list.id)}
          onChange={(id) => setUsual(Number(id))}
          data={rows.map((one) => ({ value: String(one.id), label: one.name }))}
        />
      ) : null}
      <div className="contact-acts">
        <Button type="submit" disabled={!ready}>
          Create contact
        </Button>
        <ErrorLine error={act.error} />
      </div>
    </form>
  );
}
