import { describe, expect, it } from "vitest";
import type { Flow, FlowBlock } from "../../contract/flow.ts";
import { kindOf } from "./block.ts";
import { BLOCKS } from "./blocks/index.ts";
import { checkFlow, rereferenced } from "./flow-check.ts";

const kinds = new Map(BLOCKS.map((block) => [block.type, kindOf(block)]));
const at = { x: 0, y: 0 };
const block = (id: string, type: string, exits: Record<string, string> = {}, options: FlowBlock["options"] = {}) => ({
  ...{ id, type, exits, options, at },
});
const flow = (...blocks: FlowBlock[]): Flow => ({ blocks, notes: [] });
const codes = (one: Flow, nameOf: (kind: string, id: number) => string | null = () => "it") =>
  checkFlow(one, kinds, nameOf).map(({ code, block: where }) => [code, where]);

const start = block("start", "start", { next: "end" });
const end = block("end", "end");
const value = (name: string) => ({ set: [{ variable: "x", value: name }] });

describe("a flow", () => {
  it("that is whole has nothing to say against it", () => {
    expect(codes(flow(start, end))).toEqual([]);
  });
  it("without a Start lets nobody in", () => {
    expect(codes(flow(end))).toEqual([
      ["start.none", null],
      ["block.unreachable", "end"],
    ]);
  });
  it("has one Start", () => {
    expect(codes(flow(start, { ...start, id: "again" }, end))).toEqual([["entry.twice", "again"]]);
  });
  it("names exits that lead nowhere, to what is gone, and back to a beginning", () => {
    const ways = block("ways", "condition", { otherwise: "start" }, { cases: [] });
    expect(codes(flow(block("start", "start", { next: "gone" }), ways))).toEqual([
      ["exit.lost", "start"],
      ["option.invalid", "ways"],
      ["exit.entry", "ways"],
      ["block.unreachable", "ways"],
    ]);
    expect(codes(flow(block("start", "start")))).toEqual([["exit.open", "start"]]);
  });
  it("names exits that its options no longer make", () => {
    const menu = block(
      "menu",
      "menu",
      { "1": "end", "2": "end", "no-input": "end", invalid: "end" },
      {
        ...{ say: [{ text: "One?" }], keys: [{ key: "1", label: "One" }], wait: 5, rounds: 1, sayInvalid: [] },
      },
    );
    expect(codes(flow({ ...start, exits: { next: "menu" } }, menu, end))).toEqual([["exit.unknown", "menu"]]);
  });
  it("names options that are missing and things that are not there any more", () => {
    const exits = { timeout: "end", key: "end", unavailable: "end", talked: "end" };
    const wait = (options: FlowBlock["options"]) =>
      flow({ ...start, exits: { next: "q" } }, block("q", "queue", exits, options), end);
    const options = { queue: 7, say: [], priority: 0, timeout: 0, keys: "", hears: "music", comesBack: false };
    expect(codes(wait({ ...options, queue: undefined }))).toEqual([["option.invalid", "q"]]);
    expect(codes(wait(options), () => null)).toEqual([["reference.unknown", "q"]]);
    expect(codes(wait(options))).toEqual([]);
  });
  it("takes the usual value of an option that it leaves out, as callers are led", () => {
    const key = [{ key: "1", label: "One" }];
    const exits = { "1": "end", "no-input": "end", invalid: "end" };
    const menu = (options: FlowBlock["options"]) =>
      flow({ ...start, exits: { next: "menu" } }, block("menu", "menu", exits, options), end);
    expect(codes(menu({ say: [{ text: "One?" }], keys: key }))).toEqual([]);
    expect(codes(menu({ keys: key }))).toEqual([["option.invalid", "menu"]]);
  });
  it("names what would be one exit twice", () => {
    const keys = [1, 2, 1].map((key) => ({ key: String(key), label: "" }));
    const exits = { "1": "end", "2": "end", "no-input": "end", invalid: "end" };
    const menu = block("menu", "menu", exits, { say: [{ text: "One?" }], keys });
    expect(codes(flow({ ...start, exits: { next: "menu" } }, menu, end))).toEqual([["exit.twice", "menu"]]);
    const row = { name: "otherwise", value: "1", is: "equal", other: "1" };
    const ways = block("ways", "condition", { otherwise: "end" }, { cases: [row] });
    expect(codes(flow({ ...start, exits: { next: "ways" } }, ways, end))).toEqual([["exit.twice", "ways"]]);
  });
  it("has no circle in which nothing is waited for", () => {
    const [a, b] = [
      block("a", "set-variable", { next: "b" }, value("1")),
      block("b", "set-variable", { next: "a" }, value("2")),
    ];
    expect(codes(flow({ ...start, exits: { next: "a" } }, a, b))).toEqual([
      ["circle.endless", "a"],
      ["circle.endless", "b"],
    ]);
    const play = block("p", "play", { next: "a" }, { say: [{ text: "Hello" }], canSkip: true });
    expect(codes(flow({ ...start, exits: { next: "a" } }, a, { ...b, exits: { next: "p" } }, play))).toEqual([]);
  });
  it("needs no caller behind Finally", () => {
    const last = block("f", "finally", { next: "say" });
    const say = block("say", "play", { next: "end" }, { say: [{ text: "Hello" }], canSkip: true });
    expect(codes(flow(start, last, say, end))).toEqual([["after-call.voice", "say"]]);
  });
});

it("what a flow refers to is put in the place of another house's, and what is not there is left open", () => {
  const say = [{ prompt: 1 }, { prompt: 2 }, { text: "Hello" }];
  const one = flow(block("q", "queue", {}, { queue: 5, say }));
  const there = rereferenced(one, kinds, (kind, id) => (kind === "prompt" && id === 2 ? null : id + 100));
  expect(there.blocks[0]?.options).toEqual({ queue: 105, say: [{ prompt: 101 }, { text: "Hello" }] });
});
