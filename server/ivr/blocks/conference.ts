import Type from "typebox";
import { type BlockContext, defineBlock } from "../block.ts";
import { own } from "../caller.ts";
import { sayings, seconds, template, whole, yesNo } from "../option.ts";

/** More are never in one room. */
const MOST = 30;
const LONGEST_PIN = 20;

const options = Type.Object(
  {
    say: sayings("Say before it"),
    room: template("Room (letters and digits)", 80, { minLength: 1 }),
    pin: template("PIN (empty: none)", 80, { default: "" }),
    askPin: sayings("Ask for the PIN by"),
    wait: seconds("Wait for each key, seconds", 6, [1, 60]),
    rounds: whole("Ask so often", 3, [1, 10]),
    most: whole("Most people", MOST, [2, MOST]),
    music: yesNo("Music while somebody is alone", true),
    key: Type.String({ title: "Key by which he leaves it", pattern: "^[0-9*#]?$", default: "" }),
    records: yesNo("Record what is said", false),
  },
  { additionalProperties: false },
);

/** A room in which several talk. */
export const conference = defineBlock({
  type: "conference",
  title: "Conference",
  summary: "A room in which several talk. One digit: that room of the house, in which callers are guests.",
  group: "queue",
  options,
  exits: [
    { name: "left", title: "Left" },
    { name: "full", title: "Full" },
    { name: "wrong-pin", title: "Wrong PIN" },
    { name: "unavailable", title: "Cannot enter it" },
  ],
  async run(context) {
    const { caller, options: chosen, filled, note, variables } = context;
    // Names are heard and typed in many ways: Room 12, room-12.
    const room = variables
      .fill(chosen.room)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "");
    note(room);
    if (room === "" || room.length > 20) return "unavailable";
    if (chosen.say.length > 0) await caller.say(filled(chosen.say));
    if (chosen.pin !== "" && !(await knowsPin(context, variables.fill(chosen.pin).trim()))) return "wrong-pin";
    const { most, music, key, records } = chosen;
    return caller.room({ room, most, music, key, records });
  },
});

/** Asks for it; where a variable should hold it and holds nothing, nobody knows it. */
async function knowsPin(
  { caller, options: { askPin, wait, rounds }, filled }: BlockContext<Type.Static<typeof options>>,
  pin: string,
): Promise<boolean> {
  const say = askPin.length > 0 ? filled(askPin) : [own("agent-ask-pin", {})];
  for (let round = 1; round <= rounds; round += 1) {
    const typed = await caller.ask({ say, most: LONGEST_PIN, timeoutMs: wait * 1000 });
    if (pin !== "" && typed === pin) return true;
  }
  return false;
}
