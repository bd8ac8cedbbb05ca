import Type from "typebox";
import { defineBlock } from "../block.ts";
import { contactListOption, template } from "../option.ts";
import { CONTACT_VARIABLES, setContact } from "./contact-lookup.ts";

/** Puts the caller, or somebody else, into a contact list. */
export const contactCreate = defineBlock({
  type: "contact-create",
  title: "Contact create",
  summary: "Puts somebody into a contact list. Who is in it with that number already stays as he is.",
  group: "data",
  options: Type.Object(
    {
      list: contactListOption("Contact list"),
      name: template("Name", 120, { default: "{caller}", minLength: 1 }),
      number: template("Number", 80, { default: "{caller}" }),
      company: template("Company", 120, { default: "" }),
      email: template("Mail address", 200, { default: "" }),
    },
    { additionalProperties: false },
  ),
  exits: [
    { name: "done", title: "In the list" },
    { name: "refused", title: "Not possible" },
  ],
  waits: false,
  afterCall: true,
  sets: CONTACT_VARIABLES,
  async run({ house, options, variables, note }) {
    const contact = await house.createContact({
      listId: options.list,
      name: variables.fill(options.name).trim(),
      number: variables.fill(options.number).trim(),
      company: variables.fill(options.company).trim(),
      email: variables.fill(options.email).trim(),
    });
    if (contact === null) return "refused";
    setContact(variables, contact);
    note(contact.name);
    return "done";
  },
});
