import Type from "typebox";
import { defineBlock } from "../block.ts";
import { sayings, seconds, variableName } from "../option.ts";

/** Takes the caller's voice. It is there until the call is over: to be said again, sent on, or kept by who takes it. */
export const record = defineBlock({
  type: "record",
  title: "Record",
  summary: "Takes the caller’s voice until #, silence or the longest time. It can be played again in this call.",
  group: "voice",
  options: Type.Object(
    {
      say: sayings("Say before it"),
      variable: variableName("Keep it in", "recording.file"),
      longest: seconds("At most so long, seconds", 60, [1, 600]),
      silence: seconds("Ended by silence of, seconds (0: by none)", 4, [0, 30]),
      // Of a silence that ended it one second is kept (Asterisk 22.10.1): two tell somebody who said nothing.
      least: seconds("At least so long, seconds", 2, [1, 60]),
    },
    { additionalProperties: false },
  ),
  exits: [
    { name: "done", title: "Recorded" },
    { name: "too-short", title: "Too short" },
  ],
  sets: ["recording.seconds"],
  async run({ caller, options, filled, note, variables }) {
    if (options.say.length > 0) await caller.say(filled(options.say));
    await caller.dropVoice(variables.get(options.variable));
    const file = caller.newVoice();
    // Most people end by hanging up: what they said is found behind Finally.
    variables.set(options.variable, file);
    let ms = 0;
    try {
      await caller.record({ file, longestSeconds: options.longest, silenceSeconds: options.silence });
    } finally {
      ms = await caller.lengthOf(file);
      variables.set("recording.seconds", String(Math.round(ms / 1000)));
    }
    note(`${Math.round(ms / 1000)} s`);
    if (ms >= options.least * 1000) return "done";
    await caller.dropVoice(file);
    variables.set(options.variable, "");
    return "too-short";
  },
});
