import type { OpeningTimes } from "../../../contract/calendar-time.ts";
import type {
  Agent,
  Calendar,
  DataQuery,
  HouseSecret,
  InboundRoute,
  OutboundRoute,
  Project,
  Prompt,
  Queue,
  Team,
  Telephone,
  Trunk,
} from "../../../contract/views.ts";
import type { Option } from "../../ui/field-drawing.ts";
import { useSettings } from "../house-settings.ts";
import { useHouseList } from "./house-lists.ts";

/** What the pages of the administration need to know of each other: names for ids, and who would be touched. */
export interface House {
  agents: readonly Agent[];
  teams: readonly Team[];
  telephones: readonly Telephone[];
  queues: readonly Queue[];
  trunks: readonly Trunk[];
  inboundRoutes: readonly InboundRoute[];
  outboundRoutes: readonly OutboundRoute[];
  calendars: readonly Calendar[];
  projects: readonly Project[];
  prompts: readonly Prompt[];
  secrets: readonly HouseSecret[];
  dataQueries: readonly DataQuery[];
  timeZone: string;
}

/** The whole house, as far as it has arrived. `error` is the first list that could not be read. */
export function useHouse(): { house: House; arrived: boolean; error: unknown; again: () => void } {
  const agents = useHouseList("agents");
  const teams = useHouseList("teams");
  const telephones = useHouseList("telephones", 5000);
  const queues = useHouseList("queues");
  const trunks = useHouseList("trunks");
  const inbound = useHouseList("inbound-routes");
  const outbound = useHouseList("outbound-routes");
  const calendars = useHouseList("calendars");
  const projects = useHouseList("projects");
  const prompts = useHouseList("prompts");
  const secrets = useHouseList("secrets");
  const dataQueries = useHouseList("data-queries");
  const settings = useSettings();
  const all = [
    agents,
    teams,
    telephones,
    queues,
    trunks,
    inbound,
    outbound,
    calendars,
    projects,
    prompts,
    secrets,
    dataQueries,
  ];
  return {
    house: {
      agents: agents.data?.rows ?? [],
      teams: teams.data?.rows ?? [],
      telephones: telephones.data?.rows ?? [],
      queues: queues.data?.rows ?? [],
      trunks: trunks.data?.rows ?? [],
      inboundRoutes: inbound.data?.rows ?? [],
      outboundRoutes: outbound.data?.rows ?? [],
      calendars: calendars.data?.rows ?? [],
      projects: projects.data?.rows ?? [],
      prompts: prompts.data?.rows ?? [],
      secrets: secrets.data?.rows ?? [],
      dataQueries: dataQueries.data?.rows ?? [],
      timeZone: settings.data?.timeZone ?? "UTC",
    },
    arrived: all.every((one) => one.data !== undefined),
    error: all.find((one) => one.error !== null)?.error ?? null,
    again: () => {
      for (const one of all) void one.refetch();
    },
  };
}

/** What decides whether a calendar is open: by its own zone, else by the house's. */
export function openingTimes({ timeZone, week, exceptions }: Calendar, house: House): OpeningTimes {
  return { timeZone: timeZone ?? house.timeZone, week, exceptions };
}

interface Named {
  id: number;
  name?: string;
  fullName?: string;
}

/** Rows as choices of a field. */
export function optionsOf(rows: readonly Named[]): Option[] {
  return rows.map((row) => ({ value: String(row.id), label: nameOf(row) }));
}

/** The name of a row, whichever of its fields carries it. */
export function nameOf(row: Named): string {
  return row.name ?? row.fullName ?? String(row.id);
}

/** The names of some ids, for a cell; an id that is not there (any more) stands as its number. */
export function namesOf(rows: readonly Named[], ids: readonly number[]): string {
  return ids
    .map((id) => {
      const row = rows.find((one) => one.id === id);
      return row === undefined ? `#${id}` : nameOf(row);
    })
    .join(", ");
}
