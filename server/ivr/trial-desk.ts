import type { AgentDesk, AgentOutcome } from "./agent-desk.ts";
import type { TrialCaller } from "./trial-caller.ts";

/** What agents would do by telephone, where a project is only tried out: the one who tries says how it goes. */
export function createTrialDesk(caller: TrialCaller): AgentDesk {
  const act = (what: string, done: string): Promise<AgentOutcome> =>
    caller.choose<AgentOutcome>(what, {
      done,
      "already-logged-in": "He is logged in already",
      "not-logged-in": "He is not logged in",
      "telephone-in-use": "Somebody else has the telephone",
      "not-permitted": "He may not",
      "no-such-reason": "There is no such reason",
      unavailable: "Not possible now",
    });
  return {
    async identify(number) {
      const how = await caller.choose(`Agent ${number} gives a PIN.`, {
        right: "It is right",
        wrong: "It is wrong",
        unknown: "There is no such agent",
        locked: "His number is locked",
      });
      return how === "right" ? { agentId: 0, language: null } : how;
    },
    numberOfCaller: async () => null,
    logIn: () => act("Logs in.", "Logged in"),
    logOut: () => act("Logs out.", "Logged out"),
    pause: () => act("Asks for a break.", "Paused"),
    resume: () => act("Asks to be ready.", "Ready"),
    async status() {
      const how = await caller.choose("How is he?", { ready: "Ready", paused: "Paused", out: "Not logged in" });
      return {
        loggedIn: how !== "out",
        paused: how === "paused" ? "Lunch" : null,
        queues: [{ name: "Support", waiting: 2 }],
      };
    },
    async undisposed() {
      const how = await caller.choose("Has he a call to dispose?", { yes: "Yes", no: "No" });
      return how === "yes" ? { legId: "", number: "" } : null;
    },
    outcomes: async (path) => (path.length === 0 ? ["Sale", "No sale"] : []),
    dispose: () => act("Disposes the call.", "Disposed"),
  };
}
