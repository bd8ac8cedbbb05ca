import type { Choice } from "../../contract/views.ts";
import { whenText } from "./elapsed.ts";

/** Why a telephone cannot be chosen, or who sits there, as a sentence without a full stop. `now` in milliseconds. */
export function choiceSentence(choice: Choice, now: number, zone?: string): string {
  const who = choice.heldBy ? `${choice.heldBy.name} since ${whenText(choice.heldBy.since, now, zone)}` : null;
  switch (choice.state) {
    case "free":
      return "free";
    case "in-use":
      return `in use: ${who ?? "by somebody"}`;
    case "not-logged-out": {
      const until = choice.freeAt === undefined ? "" : `; free at ${whenText(choice.freeAt, now, zone)}`;
      return `busy: ${who ?? "its agent"}, did not log out${until}`;
    }
    case "not-registered":
      return who === null ? "not registered" : `not registered; held by ${who}`;
    case "disabled":
      return "switched off by an administrator";
  }
}
