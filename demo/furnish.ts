import type { Agent, Contact, ContactList, Disposition, Queue, Team, Telephone, Trunk } from "../contract/views.ts";
import type { Api } from "./api.ts";
import {
  AGENTS,
  BREAK_REASONS,
  CONTACTS,
  DEMO_PIN,
  DISPOSITIONS,
  inventPassword,
  QUEUES,
  TEAMS,
  TELEPHONES,
} from "./furniture.ts";

import { drawProjects } from "./projects.ts";

/** Where the demo's callers come from and where calls to the outside go. */
export interface DemoTrunk {
  callersAddress: string;
  host: string;
  port: number;
}

export interface Furnished {
  /** What each telephone registers with, by username. */
  deviceSecrets: Record<string, string>;
}

/**
 * Puts the furniture into an empty house through the public API, as an administrator would by hand.
 * `password` is everybody's. Throws with the refusal's sentence; the house is then thrown away by the caller.
 */
export async function furnish(api: Api, trunk: DemoTrunk, password: string): Promise<Furnished> {
  const queueIds = new Map<string, number>();
  for (const { number, ...queue } of QUEUES) {
    const { id } = await api.post<Queue>("/queues", queue);
    queueIds.set(queue.name, id);
    await api.post("/inbound-routes", { number, actions: [{ queue: id }] });
  }
  await drawProjects(api, queueIds);
  const teamIds = new Map<string, number>();
  for (const team of TEAMS) teamIds.set(team.name, (await api.post<Team>("/teams", team)).id);
  const agentIds = new Map<string, number>();
  for (const { role: _role, desk: _desk, queues, team, ...person } of AGENTS) {
    const { id } = await api.post<Agent>("/agents", {
      ...person,
      teamId: teamIds.get(team),
      password,
      pin: DEMO_PIN,
      typology: "external",
      queues: queues.map((name) => queueIds.get(name)),
    });
    agentIds.set(person.username, id);
  }
  const deviceSecrets: Record<string, string> = {};
  for (const { owner, plugged: _plugged, ...device } of TELEPHONES) {
    const secret = inventPassword();
    deviceSecrets[device.username] = secret;
    await api.post<Telephone>("/telephones", {
      ...device,
      password: secret,
      ownerAgentId: owner === undefined ? null : agentIds.get(owner),
    });
  }
  for (const reason of BREAK_REASONS) await api.post("/pauses", reason);
  for (const [first, seconds] of Object.entries(DISPOSITIONS)) {
    const one = await api.post<Disposition>("/dispositions", { name: first });
    for (const [second, thirds] of Object.entries(seconds)) {
      const two = await api.post<Disposition>("/dispositions", { name: second, parentId: one.id });
      for (const third of thirds) await api.post("/dispositions", { name: third, parentId: two.id });
    }
  }
  const { id: trunkId } = await api.post<Trunk>("/trunks", {
    name: "Carrier",
    host: trunk.host,
    port: trunk.port,
    match: [trunk.callersAddress],
  });
  const routes = { National: "0X.", International: "+X." };
  for (const [name, pattern] of Object.entries(routes)) {
    await api.post("/outbound-routes", { name, pattern, trunkId, prefix: name, callerId: "+390550001000" });
  }
  const list = await api.post<ContactList>("/contact-lists", { name: "Customers" });
  for (const [fullName, company, number] of CONTACTS) {
    await api.post<Contact>("/contacts", { listId: list.id, fullName, company, numbers: [number] });
  }
  await api.post("/users", { fullName: "Teresa Sala", username: "teresa", password, role: "supervisor" });
  return { deviceSecrets };
}
