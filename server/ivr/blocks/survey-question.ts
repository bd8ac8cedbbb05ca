import Type from "typebox";
import { Text } from "../../../contract/common-views.ts";
import { defineBlock } from "../block.ts";
import { own } from "../caller.ts";
import { choice, keyOption, row, rows, sayings, seconds, whole, yesNo } from "../option.ts";

/** Which keys are marks, by the scale. */
const MARKS: Readonly<Record<"five" | "ten" | "keys", string>> = { five: "12345", ten: "0123456789", keys: "" };

/** Asks what somebody thinks, and keeps it for the report. */
export const surveyQuestion = defineBlock({
  type: "survey-question",
  title: "Survey question",
  summary: "Asks for a mark or a choice and keeps it for the report Survey answers.",
  group: "data",
  options: Type.Object(
    {
      question: Type.String({ title: "Question, as the report names it", minLength: 1, maxLength: 120 }),
      say: sayings("Say (nothing: please rate from 1 to 5)"),
      answers: choice("Answers", { five: "a mark from 1 to 5", ten: "a mark from 0 to 9", keys: "the keys below" }),
      keys: rows("Keys", row({ key: keyOption("Key"), label: Text("What it stands for", 60) }), [0, 11]),
      wait: seconds("Wait for a key, seconds", 6, [1, 60]),
      rounds: whole("Ask so often", 2, [1, 10]),
      sayInvalid: sayings("Say when another key is pressed"),
      thanks: yesNo("Say thanks", false),
    },
    { additionalProperties: false },
  ),
  exits: [
    { name: "done", title: "Answered" },
    { name: "no-input", title: "Not answered" },
  ],
  sets: ["survey.answer"],
  async run({ caller, filled, house, note, options, place, variables }) {
    const say = options.say.length === 0 ? [own("survey-ask", {})] : filled(options.say);
    for (let round = 1; round <= options.rounds; round += 1) {
      const pressed = await caller.ask({ say, most: 1, timeoutMs: options.wait * 1000 });
      const isMark = pressed !== null && pressed !== "" && MARKS[options.answers].includes(pressed);
      const chosen = options.answers === "keys" ? options.keys.find(({ key }) => key === pressed) : undefined;
      if (pressed !== null && (isMark || chosen !== undefined)) {
        await house.keepAnswer({
          ...{ linkedId: caller.call.linkedId, ...place, question: options.question.trim(), answer: pressed },
          ...{ label: chosen?.label.trim() || pressed, mark: isMark ? Number(pressed) : null, at: house.now() },
        });
        variables.set("survey.answer", pressed);
        note(pressed);
        if (options.thanks) await caller.say([own("survey-thanks", {})]);
        return "done";
      }
      if (pressed !== null && round < options.rounds) await caller.say(filled(options.sayInvalid));
    }
    variables.set("survey.answer", "");
    return "no-input";
  },
});
