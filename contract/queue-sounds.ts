import Type from "typebox";
import { Id, Nullable, oneOf } from "./common-views.ts";

/** What is heard around a queue: by callers who wait, and by agents before a call of it. Parts of a queue's own views. */

const Position = oneOf("no", "yes", "limit", "more");
const seconds = (title: string, minimum: number) => Type.Integer({ minimum, maximum: 3600, title });

/**
 * An estimated wait is only said where a caller hears his first announcement before this: the telephone system takes
 * who has waited for longer than it knows anything about for a wait of its own.
 */
export const LONGEST_RING_WITH_WAIT_S = 80;

/** As they are said: what is left out stays, or is as in a new queue. */
export const QUEUE_SOUND_FIELDS = {
  announcePosition: Type.Optional(Position),
  announceLimit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, title: "Up to place" })),
  announceWait: Type.Optional(Type.Boolean({ title: "Say the estimated wait, once" })),
  announceThanks: Type.Optional(Type.Boolean({ title: "Thank for waiting" })),
  announceSeconds: Type.Optional(seconds("Say it again after, seconds", 15)),
  announceLeastSeconds: Type.Optional(seconds("At a new place, not sooner than, seconds", 5)),
  periodicPromptId: Type.Optional(Nullable(Id)),
  periodicFirstSeconds: Type.Optional(seconds("First after, seconds", 1)),
  periodicSeconds: Type.Optional(seconds("Then every, seconds", 10)),
  musicPromptId: Type.Optional(Nullable(Id)),
  announceToAgent: Type.Optional(Type.Boolean({ title: "Tell agents the queue’s name before each call" })),
};

/** As they are read. */
export const QUEUE_SOUNDS = {
  announcePosition: Position,
  announceLimit: Type.Integer(),
  announceWait: Type.Boolean(),
  announceThanks: Type.Boolean(),
  announceSeconds: Type.Integer(),
  announceLeastSeconds: Type.Integer(),
  periodicPromptId: Nullable(Id),
  periodicFirstSeconds: Type.Integer(),
  periodicSeconds: Type.Integer(),
  musicPromptId: Nullable(Id),
  announceToAgent: Type.Boolean(),
};
