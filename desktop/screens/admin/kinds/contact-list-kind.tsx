import { ContactListBody } from "../../../../contract/views.ts";
import type { Kind } from "../kind.ts";

/** The lists contacts belong to. */
export const contactListKind: Kind<"contact-lists"> = {
  collection: "contact-lists",
  title: "Contact lists",
  one: "contact list",
  purpose: "People and companies are kept in lists: Customers, Suppliers.",
  schema: ContactListBody,
  words: { name: { hint: "Customers, Suppliers" } },
  columns: () => [{ id: "name", title: "Name", width: 240, value: (row) => row.name }],
  nameOf: (row) => row.name,
  fresh: {},
  valuesOf: ({ name }) => ({ name }),
  removal: (row) => <p>A list with contacts in it is not deleted: move or delete those of {row.name} first.</p>,
};
