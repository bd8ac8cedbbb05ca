import { HouseSecretBody } from "../../../../contract/views.ts";
import { KEPT } from "../../../model/form-fields.ts";
import type { Kind } from "../kind.ts";

const PURPOSES = { header: "Headers of requests", database: "A database" } as const;

/** What projects need and nobody may read. */
export const secretKind: Kind<"secrets"> = {
  collection: "secrets",
  title: "Secrets",
  one: "secret",
  purpose: "Keys of web services and of databases that IVR projects ask: written once, and shown to nobody again.",
  schema: HouseSecretBody,
  words: {
    name: {
      hint: "Projects speak of it by this: {secret.name}. It stays as it is",
      shape: "Letters, digits and underscores, beginning with a small letter",
    },
    purpose: { label: "For" },
    secret: { shape: "No accented letters or line breaks" },
    hosts: {
      hint: "api.example.com: no project can send it elsewhere. Empty: to any",
      shape: "Names of hosts in small letters, without https://",
    },
  },
  hints: {
    secret: (values) =>
      values.purpose === "database"
        ? "postgresql://user:password@host:5432/name, with ?sslmode=disable, require or verify-full behind. Let the user read and nothing else"
        : "As it stands in the header; words such as Bearer stand in the project",
  },
  secrets: ["secret"],
  columns: (house) => [
    { id: "name", title: "Name", width: 180, value: (row) => row.name },
    { id: "purpose", title: "For", width: 160, value: (row) => PURPOSES[row.purpose] },
    {
      id: "leadsTo",
      title: "Leads to",
      width: 320,
      value: (row) => (row.purpose === "database" ? row.leadsTo : row.hosts.join(", ") || "any host"),
    },
    {
      id: "queries",
      title: "Database queries",
      width: 220,
      value: (row) =>
        house.dataQueries
          .filter(({ secretId }) => secretId === row.id)
          .map(({ name }) => name)
          .join(", "),
    },
  ],
  nameOf: (row) => row.name,
  fresh: { purpose: "header", hosts: [] },
  fixed: ["name", "purpose"],
  valuesOf: ({ name, purpose, hosts }) => ({ name, purpose, hosts, secret: KEPT }),
  shows: (field, values) => field !== "hosts" || values.purpose === "header",
  options: () => ({
    purpose: [
      { value: "header", label: "Headers of requests that projects make" },
      { value: "database", label: "A database that projects ask" },
    ],
  }),
  removal: () => <p>It is gone for ever. While a project, a query or the SMS gateway speaks of it, it stays.</p>,
};
