import Type from "typebox";
import { defineBlock } from "../block.ts";
import type { KnownContact } from "../block-house.ts";
import { template } from "../option.ts";
import type { Variables } from "../variables.ts";

export const CONTACT_VARIABLES = ["contact.id", "contact.name", "contact.company", "contact.email", "contact.list"];

/** Makes somebody the contact of this call; nobody: what was known of another is forgotten. */
export function setContact(variables: Variables, contact: KnownContact | null): void {
  const { id = "", name = "", company = "", email = "", list = "" } = contact ?? {};
  variables.set("contact.id", String(id));
  variables.set("contact.name", name);
  variables.set("contact.company", company ?? "");
  variables.set("contact.email", email ?? "");
  variables.set("contact.list", list);
}

/** Who a number belongs to. */
export const contactLookup = defineBlock({
  type: "contact-lookup",
  title: "Contact lookup",
  summary: "Looks for a contact by number, the caller’s where nothing else is said, and keeps what is known.",
  group: "data",
  options: Type.Object({ number: template("Number", 80, { default: "{caller}" }) }, { additionalProperties: false }),
  exits: [
    { name: "found", title: "Found" },
    { name: "unknown", title: "Unknown" },
  ],
  waits: false,
  afterCall: true,
  sets: CONTACT_VARIABLES,
  async run({ house, options, variables, note }) {
    const contact = await house.contactOf(variables.fill(options.number));
    setContact(variables, contact);
    if (contact !== null) note(contact.name);
    return contact === null ? "unknown" : "found";
  },
});
