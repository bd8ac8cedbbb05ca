import { expect, it } from "vitest";
import type { Flow } from "../../contract/flow.ts";
import { openLog } from "../log.ts";
import { CannotSpeak } from "../voice-files.ts";
import { kindOf } from "./block.ts";
import { BLOCKS } from "./blocks/index.ts";
import { textsOf } from "./flow-check.ts";
import { warmVoices } from "./warm-voices.ts";

const kinds = new Map(BLOCKS.map((block) => [block.type, kindOf(block)]));
const log = openLog({ level: "silent" });
const at = { x: 0, y: 0 };

it("the texts of a flow are those that it says, each once, without those that differ from call to call", () => {
  const flow: Flow = {
    blocks: [
      {
        id: "a",
        type: "play",
        options: { say: [{ text: "Hello" }, { prompt: 1 }, { text: "You are {caller}" }] },
        exits: {},
        at,
      },
      {
        id: "b",
        type: "menu",
        options: { say: [{ text: "Hello" }], sayInvalid: [{ text: "No" }], keys: "?" },
        exits: {},
        at,
      },
      { id: "c", type: "gone", options: { say: [{ text: "Never" }] }, exits: {}, at },
    ],
    notes: [],
  };
  expect(textsOf(flow, kinds)).toEqual(["Hello", "No"]);
});

it("texts are spoken one after the other, and none where nothing speaks", async () => {
  const said: string[] = [];
  const files = (works: boolean) => ({
    async spoken(text: string) {
      said.push(text);
      if (!works) throw new CannotSpeak("nothing speaks here");
      return text;
    },
  });
  await warmVoices(["one", "two"], { files: files(true), language: "en", log });
  await warmVoices(["three", "four"], { files: files(false), language: "en", log });
  expect(said).toEqual(["one", "two", "three"]);
});
