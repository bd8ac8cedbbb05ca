import Type from "typebox";
import { defineBlock } from "../block.ts";
import { own, type Speech } from "../caller.ts";
import { choice, queueOption, sayings, seconds, whole, yesNo } from "../option.ts";
import { waitedSince } from "../queue-wait.ts";

const MOST_KEYS = 20;
const YES = "1";
const ANOTHER = "2";

/** Takes down that the caller wants to be called back, with his place in the queue. */
export const callback = defineBlock({
  type: "callback",
  title: "Callback",
  summary: "Takes down that the caller wants to be called back. He keeps his place in the queue.",
  group: "queue",
  options: Type.Object(
    {
      queue: queueOption("Agents of the queue call back"),
      number: choice("Number", {
        either: "the one he calls from, or another that he enters",
        calling: "the one he calls from",
        entered: "one that he enters",
      }),
      say: sayings("Say before it"),
      wait: seconds("Wait for each key, seconds", 6, [1, 60]),
      rounds: whole("Ask so often", 3, [1, 10]),
      tell: yesNo("Say how it went", true),
    },
    { additionalProperties: false },
  ),
  exits: [
    { name: "done", title: "He is called back" },
    { name: "no-number", title: "No number" },
    { name: "not-allowed", title: "Not to be called" },
    { name: "already-asked", title: "Has asked already" },
    { name: "no-input", title: "Not confirmed" },
  ],
  sets: ["callback.number"],
  async run({ caller, filled, house, note, options, variables }) {
    const { queue: queueId, rounds } = options;
    const timeoutMs = options.wait * 1000;
    const tell = async (...words: Speech[]) => {
      if (options.tell) await caller.say(words);
    };
    const shown = /[0-9]{3}/.test(caller.call.callerNumber) ? caller.call.callerNumber : "";
    const enters = options.number !== "calling";
    let number = options.number === "entered" ? "" : shown;
    variables.set("callback.number", "");
    if (number === "" && !enters) return "no-number";
    if (options.say.length > 0) await caller.say(filled(options.say));
    let last: "no-input" | "no-number" | "not-allowed" = "no-input";
    for (let round = 1; round <= rounds; round += 1) {
      if (number === "") {
        number = (await caller.ask({ say: [own("callback-ask-number", {})], most: MOST_KEYS, timeoutMs })) ?? "";
        if (number === "") continue;
      }
      const said = enters ? "callback-confirm-number" : "callback-confirm-calling";
      const key = await caller.ask({ say: [own(said, { digits: number })], most: 1, timeoutMs });
      if (key === ANOTHER && enters) number = "";
      if (key !== YES) continue;
      const { linkedId, callerNumber } = caller.call;
      const since = waitedSince(variables, queueId) ?? house.now();
      const answer = await house.askCallback({ queueId, number, caller: callerNumber, linkedId, since });
      note(number);
      if (answer === "done" || answer === "already-asked") {
        variables.set("callback.number", number);
        await caller.markCallback(queueId);
        await tell(own(answer === "done" ? "callback-taken" : "callback-asked-already", {}));
        return answer;
      }
      last = answer;
      await tell(own("callback-not-possible", {}));
      if (!enters) return answer;
      number = "";
    }
    return last;
  },
});
