import type { Agent, InboundRoute, Queue, Telephone, Trunk } from "../../contract/views.ts";

/** What a house needs before the first call can ring, and what of it is there. */

export interface House {
  queues: readonly Queue[];
  agents: readonly Agent[];
  telephones: readonly Telephone[];
  trunks: readonly Trunk[];
  inboundRoutes: readonly InboundRoute[];
}

export interface FirstStep {
  id: "queue" | "agent" | "telephone" | "registered" | "trunk" | "route";
  /** The act, as a verb. */
  title: string;
  /** What is so now, or why it is needed. */
  state: string;
  done: boolean;
  /** The administration page that does it. */
  page: "queues" | "agents" | "telephones" | "trunks" | "inbound-routes";
}

const count = (many: number, one: string, more = `${one}s`) => `${many} ${many === 1 ? one : more}`;

/** The steps in the order that needs no going back. */
export function firstSteps(house: House): FirstStep[] {
  const seated = house.agents.filter((agent) => agent.enabled && agent.queues.length > 0);
  const registered = house.telephones.filter((telephone) => telephone.enabled && telephone.registered);
  return [
    {
      id: "queue",
      title: "Make a queue",
      state:
        house.queues.length > 0 ? count(house.queues.length, "queue") : "Callers wait in it until an agent is free.",
      done: house.queues.length > 0,
      page: "queues",
    },
    {
      id: "agent",
      title: "Put an agent in it",
      state:
        seated.length > 0
          ? `${count(seated.length, "agent")} in a queue`
          : house.agents.length > 0
            ? `${count(house.agents.length, "agent")}, none of them in a queue.`
            : "The people who answer.",
      done: seated.length > 0,
      page: "agents",
    },
    {
      id: "telephone",
      title: "Add a telephone",
      state:
        house.telephones.length > 0
          ? count(house.telephones.length, "telephone")
          : "It gets a user and a secret to register with.",
      done: house.telephones.length > 0,
      page: "telephones",
    },
    {
      id: "registered",
      title: "See it register",
      state:
        registered.length > 0
          ? `${registered.length} registered now`
          : house.telephones.length > 0
            ? "None is registered now. Enter server, user and secret on the device."
            : "The device signs in here by itself, once it knows its secret.",
      done: registered.length > 0,
      page: "telephones",
    },
    {
      id: "trunk",
      title: "Connect a trunk",
      state: house.trunks.length > 0 ? count(house.trunks.length, "trunk") : "The line to your telephone provider.",
      done: house.trunks.length > 0,
      page: "trunks",
    },
    {
      id: "route",
      title: "Send a number to the queue",
      state:
        house.inboundRoutes.length > 0
          ? count(house.inboundRoutes.length, "inbound route")
          : "Which called number goes to which queue.",
      done: house.inboundRoutes.length > 0,
      page: "inbound-routes",
    },
  ];
}
