import type { Screen } from "../screen.ts";

/** Only the names stand here; the pages themselves are fetched when the first of them is opened. */
const page = (name: string, title: string, group: string): Screen => ({
  path: `/administration/${name}`,
  title,
  group,
  door: "administration",
  roles: ["admin"],
  load: () => import("./pages.tsx").then((file) => file.pageOf(name)),
});

/** A page that another one leads to: it has an address and no door. */
const inner = (path: string, title: string, load: Screen["load"]): Screen => ({
  path: `/administration/${path}`,
  title,
  door: "none",
  roles: ["admin"],
  load,
});

/** The doors of the administration, in the order of their list. */
export const administrationDoors: readonly Screen[] = [
  {
    path: "/administration",
    title: "Overview",
    door: "administration",
    roles: ["admin"],
    load: () => import("./admin-home.tsx").then((file) => file.AdminHome),
  },
  page("users", "Users", "Staff"),
  page("agents", "Agents", "Staff"),
  page("teams", "Teams", "Staff"),
  page("telephones", "Telephones", "Staff"),
  page("queues", "Queues", "Voice"),
  page("pauses", "Break reasons", "Voice"),
  page("dispositions", "Dispositions", "Voice"),
  { ...page("prompts", "Prompts", "Voice"), roles: ["admin", "supervisor"] },
  {
    path: "/administration/projects",
    title: "IVR projects",
    group: "Routing",
    door: "administration",
    roles: ["supervisor", "admin"],
    load: () => import("../projects/projects-page.tsx").then((file) => file.ProjectsPage),
  },
  page("trunks", "Trunks", "Routing"),
  page("inbound-routes", "Inbound routes", "Routing"),
  page("calendars", "Calendars", "Routing"),
  page("outbound-routes", "Outbound routes", "Routing"),
  page("call-limits", "Calling limits", "Routing"),
  page("contact-lists", "Contact lists", "Contacts"),
  page("settings", "Settings", "House"),
  page("mail", "Mail", "House"),
  page("sms", "SMS", "House"),
  page("secrets", "Secrets", "House"),
  page("data-queries", "Database queries", "House"),
  inner("telephones/row", "New row of telephones", () =>
    import("./telephones/row-page.tsx").then((file) => file.TelephoneRowPage),
  ),
  inner("telephones/import", "Import telephones", () =>
    import("./telephones/import-page.tsx").then((file) => file.TelephoneImportPage),
  ),
];
