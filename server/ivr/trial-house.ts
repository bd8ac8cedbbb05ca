import type { BlockHouse } from "./block-house.ts";
import type { TrialCaller } from "./trial-caller.ts";
import { createTrialDesk } from "./trial-desk.ts";

/** The house for a trial: what is looked up is real; whoever tries says what would come of anything that acts. */
export function createTrialHouse(real: BlockHouse, caller: TrialCaller): BlockHouse {
  const did = (words: string) => caller.tell({ kind: "did", block: null, words });
  return {
    ...real,
    agents: createTrialDesk(caller),
    web: {
      async send({ method, url }) {
        const answers = {
          done: "It answers as hoped",
          refused: "It answers with an error",
          failed: "It does not answer",
        };
        const answer = await caller.choose(`Asks ${method} ${url}.`, answers);
        if (answer === "failed") return { failed: "No answer in time." };
        return { status: answer === "done" ? 200 : 404, text: "" };
      },
    },
    async sendMail({ to, subject }) {
      const sent = await caller.choose(`Sends “${subject}” to ${to.join(", ")}.`, {
        yes: "It is sent",
        no: "It fails",
      });
      return sent === "yes" ? null : "It fails.";
    },
    async lookUp() {
      const how = await caller.choose("Asks the database.", {
        found: "It finds a row",
        nothing: "It finds nothing",
        failed: "It does not answer",
      });
      if (how === "failed") return { failed: "No answer in time." };
      return { row: how === "found" ? [] : null };
    },
    async sendSms({ to, text }) {
      const how = await caller.choose(`Sends “${text}” to ${to}.`, {
        sent: "It is sent",
        failed: "It fails",
        "not-set-up": "There is no gateway",
      });
      return how === "sent" ? { how } : { how, why: "It fails." };
    },
    async createContact({ name, company, email }) {
      const choices = { yes: "It is made", no: "It is refused" };
      if ((await caller.choose(`Makes the contact ${name}.`, choices)) === "no") return null;
      return { id: 0, name, company: company || null, email: email || null, list: "" };
    },
    async askCallback({ number }) {
      const choices = {
        ...{ done: "It is taken down", "already-asked": "That number waits already" },
        ...{ "not-allowed": "The house does not call that number", "no-number": "No route takes that number" },
      };
      return caller.choose(`Takes down that ${number} is to be called back.`, choices);
    },
    messages: {
      begin: async () => {},
      keep: () => did("Keeps the message: it waits in Items."),
      drop: () => did("Keeps nothing."),
      leave: () => {},
    },
    async keepAnswer({ question, label }) {
      did(`Keeps “${label}” as the answer to “${question}”.`);
    },
  };
}
