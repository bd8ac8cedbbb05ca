import type { Choice } from "../../contract/views.ts";
import type { HouseTime } from "./house-time.ts";

/** Why a telephone cannot be chosen, or who sits there, as a sentence without a full stop. */
export function choiceSentence(choice: Choice, time: HouseTime): string {
  const who = choice.heldBy ? `${choice.heldBy.name} since ${time.when(choice.heldBy.since)}` : null;
  switch (choice.state) {
    case "free":
      return "free";
    case "in-use":
      return `in use: ${who ?? "by somebody"}`;
    case "not-logged-out": {
      const until = choice.freeAt === undefined ? "" : `; free at ${time.when(choice.freeAt)}`;
      return `busy: ${who ?? "its agent"}, did not log out${until}`;
    }
    case "not-registered":
      return who === null ? "not registered" : `not registered; held by ${who}`;
    case "disabled":
      return "switched off by an administrator";
  }
}
