import fc from "fast-check";
import { Refusal } from "../../server/refusal.ts";
import type { Actor } from "../../server/staff/permission.ts";
import { AGENTS, FIRST_NUMBER, REASONS, TELEPHONES } from "./furniture.ts";
import type { World } from "./world.ts";

/** Something happens: who and what it concerns are numbers, taken modulo how many there are. */
export interface Step {
  kind: Kind;
  agent: number;
  other: number;
  yes: boolean;
}

/** Steps of one moment, all under way together; and whether everything comes to rest before the next moment. */
export interface Moment {
  steps: Step[];
  rest: boolean;
}

interface Concerned {
  agentId: number;
  telephone: { id: number; endpoint: string };
  queueId: number;
  actor: Actor;
}

type Act = (world: World, step: Step, concerned: Concerned) => unknown;

const login: Act = (world, { yes, other }, { agentId, telephone }) => {
  const byTelephone = other % 4 === 0;
  const how = `${yes ? ", confirmed" : ""}${byTelephone ? ", by telephone" : ""}`;
  return world.act(`agent ${agentId} logs in on ${telephone.endpoint}${how}`, ({ sessions }) =>
    sessions.login(agentId, { telephoneId: telephone.id, confirmTakeover: yes, byTelephone }),
  );
};

/** Some longer than what the house waits for: a stable telephone, a grace, a wrap-up, an answer, a timeout. */
const SECONDS = [1, 5, 11, 31, 61, 1000];

/** Something happens to one of the calls there are by then. */
const ofSomeLeg = ({ exchange, happens }: World, { other }: Step, act: (channelId: string) => unknown) =>
  happens(() => {
    const legs = [...exchange.legs.keys()];
    const legId = legs[other % Math.max(legs.length, 1)];
    return legId === undefined ? undefined : act(legId);
  });

/** Everything that can happen, with how often it is drawn. */
const KINDS = {
  login: [10, login],
  "login-anywhere": [
    2,
    (world, _, { agentId }) => world.act(`agent ${agentId} logs in`, ({ sessions }) => sessions.login(agentId, {})),
  ],
  logout: [
    4,
    (world, _, { agentId }) =>
      world.act(`agent ${agentId} logs out`, ({ sessionEndings }) => sessionEndings.logOut(agentId)),
  ],
  move: [
    5,
    (world, { yes }, { agentId, telephone }) =>
      world.act(`agent ${agentId} moves to ${telephone.endpoint}`, ({ sessions }) =>
        sessions.move(agentId, { telephoneId: telephone.id, confirmTakeover: yes }),
      ),
  ],
  pause: [
    6,
    (world, { other }, { agentId }) =>
      world.pause(`agent ${agentId} takes a break`, "break", ({ pauses }) =>
        pauses.pause(agentId, REASONS[other % REASONS.length] ?? ""),
      ),
  ],
  resume: [
    5,
    (world, _, { agentId }) =>
      world.unpause(`agent ${agentId} ends his break`, "break", agentId, ({ pauses }) => pauses.resume(agentId)),
  ],
  "end-wrap-up": [
    2,
    (world, _, { agentId }) => world.act(`agent ${agentId} ends wrap-up`, ({ pauses }) => pauses.endWrapUp(agentId)),
  ],
  "extend-wrap-up": [
    1,
    (world, _, { agentId }) =>
      world.act(`agent ${agentId} makes his wrap-up longer`, ({ pauses }) => pauses.extendWrapUp(agentId)),
  ],
  "pause-agent": [
    2,
    (world, _, { agentId, actor }) =>
      world.pause(`agent ${agentId} is paused`, "supervisor", ({ pauses }) =>
        pauses.pauseAgent(actor, agentId, "Come over"),
      ),
  ],
  "unpause-agent": [
    2,
    (world, _, { agentId, actor }) =>
      world.unpause(`agent ${agentId} is set free`, "supervisor", agentId, ({ pauses }) =>
        pauses.unpauseAgent(actor, agentId),
      ),
  ],
  ask: [
    3,
    (world, _, { agentId, telephone }) =>
      world.act(`agent ${agentId} asks for ${telephone.endpoint}`, ({ takeovers }) =>
        takeovers.ask(agentId, telephone.id),
      ),
  ],
  "answer-asker": [
    4,
    (world, { yes }, { agentId }) =>
      world.act(`agent ${agentId} is asked and ${yes ? "gives" : "keeps"}`, ({ takeovers }) =>
        takeovers.answer(agentId, takeovers.askedOf(agentId)?.id ?? 0, yes ? "give" : "keep"),
      ),
  ],
  withdraw: [
    1,
    (world, _, { agentId }) =>
      world.act(`agent ${agentId} asks no more`, ({ takeovers }) => takeovers.withdraw(agentId)),
  ],
  give: [
    2,
    (world, { yes }, { agentId, telephone, actor }) =>
      world.act(`${telephone.endpoint} is given to agent ${yes ? agentId : "who asks"}`, ({ takeovers }) =>
        takeovers.give(actor, telephone.id, yes ? agentId : null),
      ),
  ],
  "desktop-comes": [3, (world, _, { agentId }) => world.happens(() => world.services.desktops.came(agentId))],
  "desktop-vanishes": [3, (world, _, { agentId }) => world.happens(() => world.services.desktops.left(agentId))],
  release: [
    2,
    (world, _, { telephone, actor }) =>
      world.act(`${telephone.endpoint} is released`, ({ sessionEndings }) =>
        sessionEndings.releaseTelephone(actor, telephone.id),
      ),
  ],
  "log-out-agent": [
    1,
    (world, _, { agentId, actor }) =>
      world.act(`agent ${agentId} is logged out`, ({ sessionEndings }) => sessionEndings.logOutAgent(actor, agentId)),
  ],
  register: [
    6,
    ({ exchange, happens }, { yes, other }, { telephone }) =>
      happens(() => exchange.register(telephone.endpoint, yes || other % 3 === 0)),
  ],
  "all-unregister": [
    1,
    ({ exchange, furniture, happens }) =>
      happens(async () => {
        for (const { endpoint } of furniture.telephones) await exchange.register(endpoint, false);
      }),
  ],
  ring: [7, ({ exchange, happens }, _, { queueId }) => happens(() => exchange.ring(queueId))],
  answer: [5, (world, step) => ofSomeLeg(world, step, world.exchange.answer)],
  "hang-up": [5, (world, step) => ofSomeLeg(world, step, world.exchange.hangUp)],
  dial: [1, ({ exchange, happens }, _, { telephone }) => happens(() => exchange.dial(telephone.endpoint))],
  time: [
    4,
    ({ clock, happens }, { other }) => happens(() => clock.advance((SECONDS[other % SECONDS.length] ?? 1) * 1000)),
  ],
  switch: [
    1,
    (world, { yes }, { agentId, actor }) =>
      world.act(`agent ${agentId} is switched ${yes ? "on" : "off"}`, ({ agents }) =>
        agents.change(actor, agentId, { enabled: yes }),
      ),
  ],
  "switch-telephone": [
    1,
    (world, { yes }, { telephone, actor }) =>
      world.act(`${telephone.endpoint} is switched ${yes ? "on" : "off"}`, ({ telephoneAdmin }) =>
        telephoneAdmin.change(actor, telephone.id, { enabled: yes }),
      ),
  ],
  hotdesk: [
    1,
    (world, { yes }, { agentId, actor }) =>
      world.act(`agent ${agentId} has ${yes ? "" : "no "}hotdesk`, ({ agents }) =>
        agents.change(actor, agentId, { hotdesk: yes }),
      ),
  ],
  queues: [
    2,
    (world, { yes }, { agentId, queueId, actor }) =>
      world.act(`agent ${agentId} serves ${yes ? "all queues" : "one queue"}`, ({ agents }) =>
        agents.change(actor, agentId, { queues: yes ? world.furniture.queues : [queueId] }),
      ),
  ],
  "new-queue": [
    1,
    (world, { other }, { actor }) =>
      world.act("a queue is made", async ({ queueAdmin }) => {
        const made = await queueAdmin.create(actor, { name: `New queue ${other}` });
        if (!(made instanceof Refusal)) world.furniture.queues.push(made.id);
        return made;
      }),
  ],
  "delete-queue": [
    1,
    (world, _, { queueId, actor }) =>
      world.act(`queue ${queueId} is deleted`, ({ queueAdmin }) => queueAdmin.remove(actor, queueId)),
  ],
  rename: [
    1,
    (world, { other }, { agentId, actor }) =>
      world.act(`agent ${agentId} is renamed`, ({ agents }) =>
        agents.change(actor, agentId, { fullName: `${world.furniture.nameOf(agentId)} renamed ${other}` }),
      ),
  ],
  renumber: [
    1,
    (world, { other, yes }, { agentId, actor }) =>
      world.act(`agent ${agentId} has another number`, ({ agents }) =>
        agents.change(actor, agentId, { internal: yes ? `${FIRST_NUMBER + other}` : null }),
      ),
  ],
  "delete-agent": [
    1,
    (world, _, { agentId, actor }) =>
      world.act(`agent ${agentId} is deleted`, ({ agents }) => agents.remove(actor, agentId)),
  ],
  "delete-telephone": [
    1,
    (world, _, { telephone, actor }) =>
      world.act(`${telephone.endpoint} is deleted`, ({ telephoneAdmin }) => telephoneAdmin.remove(actor, telephone.id)),
  ],
  "link-lost": [1, ({ exchange, happens }) => happens(exchange.dropLink)],
  "asterisk-killed": [1, ({ exchange, happens }) => happens(exchange.crash)],
  link: [3, ({ exchange, happens }) => happens(exchange.link)],
  "server-killed": [1, (world) => world.restart()],
  "database-away": [1, (world) => world.happens(world.databaseAway)],
  "database-back": [2, (world) => world.happens(world.databaseBack)],
} satisfies Record<string, [number, Act]>;

type Kind = keyof typeof KINDS;
const acts: Record<Kind, [number, Act]> = KINDS;

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(...Object.entries(acts).map(([kind, [weight]]) => ({ weight, arbitrary: fc.constant(kind as Kind) }))),
  agent: fc.nat(AGENTS - 1),
  other: fc.nat(TELEPHONES * 6 - 1),
  yes: fc.boolean(),
});

/** Random lives of a house. */
export const moments: fc.Arbitrary<Moment[]> = fc.array(
  fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 4 }), rest: fc.boolean() }),
  { minLength: 1, maxLength: 14, size: "max" },
);

/** Lets it happen; what takes long goes on when this answers. */
export function perform(world: World, step: Step): unknown {
  const { furniture } = world;
  const telephone = furniture.telephones[step.other % furniture.telephones.length];
  const agentId = furniture.agents[step.agent % furniture.agents.length];
  const queueId = furniture.queues[step.other % furniture.queues.length];
  if (telephone === undefined || agentId === undefined || queueId === undefined) throw new Error("an empty world");
  const actor = { staffId: furniture.admin, role: "admin" as const };
  const [, act] = acts[step.kind];
  return act(world, step, { agentId, telephone, queueId, actor });
}
