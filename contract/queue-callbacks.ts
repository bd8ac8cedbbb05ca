import Type from "typebox";
import { Id, Nullable, oneOf } from "./common-views.ts";

/** How those are called back who asked for it while they waited in a queue. */

const By = oneOf("by-hand", "by-itself");

/** As it is set. What is not said is by hand. */
export const QUEUE_CALLBACK_FIELDS = {
  callbacks: Type.Optional(By),
  callbackAttempts: Type.Optional(Type.Integer({ minimum: 1, maximum: 10, title: "Calls back, at most" })),
  callbackMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440, title: "Minutes between calls back" })),
  /** Null: from 8 to 20 by the house's clock. */
  callbackCalendarId: Type.Optional(Nullable(Id)),
};

export const QUEUE_CALLBACKS = {
  callbacks: By,
  callbackAttempts: Type.Integer(),
  callbackMinutes: Type.Integer(),
  callbackCalendarId: Nullable(Id),
};
