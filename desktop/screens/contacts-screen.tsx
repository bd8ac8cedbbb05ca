import { Button, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { Contact } from "../../contract/views.ts";
import { phoneNumberText } from "../model/phone-number.ts";
import { EmptyState, ErrorState, LoadingRows } from "../ui/blank.tsx";
import { ConfirmAct } from "../ui/confirm-act.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { ContactFields } from "./contact-fields.tsx";
import { api, queries, useDesk } from "./desk.ts";
import { DialLink } from "./dial-link.tsx";
import { NewContact } from "./new-contact.tsx";
import "./call-card.css";
import "./contacts.css";

const PAGE = 100;

/** People and companies: find, change in place, add. */
export function ContactsScreen() {
  const [q, setQ] = useState("");
  const [open, setOpen] = useState<Contact | "new" | null>(null);
  const contacts = useInfiniteQuery({
    queryKey: ["contacts", "list", q.trim()],
    queryFn: ({ pageParam }) => api.list("contacts", { q: q.trim(), cursor: pageParam, limit: PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => contacts.data?.pages.flatMap((page) => page.rows) ?? [], [contacts.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = contacts;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const addButton = (
    <Button variant="filled" onClick={() => setOpen("new")}>
      Add a contact
    </Button>
  );
  const shown = open === "new" || open === null ? null : (rows.find((one) => one.id === open.id) ?? open);

  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Contacts</h1>
        <TextInput
          aria-label="Find contacts"
          placeholder="Name, company or number"
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
          maxLength={80}
          w={240}
        />
        {addButton}
      </header>
      <div className={open === null ? "contacts" : "contacts contacts-open"}>
        <div className="contacts-list">
          {contacts.isPending ? (
            <LoadingRows rows={16} label="Loading contacts" />
          ) : contacts.isError && rows.length === 0 ? (
            <ErrorState error={contacts.error} onRetry={() => void contacts.refetch()} />
          ) : (
            <Table
              name="contacts"
              label="Contacts"
              rows={rows}
              columns={COLUMNS}
              keyOf={(one) => one.id}
              selected={shown?.id ?? null}
              onOpen={setOpen}
              onMore={more}
              loadingMore={isFetchingNextPage}
              empty={
                q.trim() ? (
                  <EmptyState title="Nobody answers to that">Try part of a name, a company or a number.</EmptyState>
                ) : (
                  <EmptyState title="No contacts yet" act={addButton}>
                    Whoever calls can also be added from the call itself.
                  </EmptyState>
                )
              }
            />
          )}
        </div>
        {open === null ? null : (
          <aside className="contacts-one" aria-label={shown?.fullName ?? "New contact"}>
            <section className="panel">
              <div className="panel-head">
                <h2 className="lead">{shown?.fullName ?? "New contact"}</h2>
                <Button size="xs" variant="subtle" ml="auto" onClick={() => setOpen(null)}>
                  Close
                </Button>
              </div>
              {shown ? (
                <>
                  <ContactFields key={shown.id} contact={shown} />
                  <DeleteContact contact={shown} onDeleted={() => setOpen(null)} />
                </>
              ) : (
                <NewContact number="" onCreated={setOpen} />
              )}
            </section>
          </aside>
        )}
      </div>
    </div>
  );
}

function DeleteContact(props: { contact: Contact; onDeleted: () => void }) {
  const { me, connected } = useDesk();
  const [asking, setAsking] = useState(false);
  if (me.role === "agent") return null;
  return (
    <div className="contacts-delete">
      <Button color="fault" disabled={!connected} onClick={() => setAsking(true)}>
        Delete…
      </Button>
      <ConfirmAct
        opened={asking}
        title={`Delete ${props.contact.fullName}?`}
        act="Delete"
        danger
        onConfirm={async () => {
          await api.remove("contacts", props.contact.id);
          void queries.invalidateQueries({ queryKey: ["contacts"] });
          props.onDeleted();
        }}
        onClose={() => setAsking(false)}
      >
        The contact and its numbers are gone for everybody. Calls already made keep its name in the reports.
      </ConfirmAct>
    </div>
  );
}

const COLUMNS: Column<Contact>[] = [
  { id: "fullName", title: "Full name", value: (one) => one.fullName, width: 200 },
  { id: "company", title: "Company", value: (one) => one.company, width: 200 },
  {
    id: "numbers",
    title: "Numbers",
    value: (one) => one.numbers.join(", "),
    cell: (one) =>
      one.numbers.map((number, place) => (
        <span key={number}>
          {place > 0 ? ", " : ""}
          <DialLink number={number}>{phoneNumberText(number)}</DialLink>
        </span>
      )),
    width: 260,
  },
  { id: "email", title: "Mail address", value: (one) => one.email, width: 220 },
  { id: "note", title: "Note", value: (one) => one.note, width: 240, hidden: true },
];
