import { describe, expect, it } from "vitest";
import { blockLine } from "./block-words.ts";
import { copiedText, flowOfText, pasted } from "./flow-clipboard.ts";
import { flowDiff, wireDiff } from "./flow-diff.ts";
import { changeBlock, removeParts, renameBlock, shiftParts, wire } from "./flow-edit.ts";
import { block, flow, kinds } from "./flow-fixture.ts";
import { tidied } from "./flow-layout.ts";
import { neighbour, outlineOf } from "./flow-outline.ts";
import { searched } from "./flow-search.ts";
import { completions, variablesOf } from "./flow-variables.ts";

const nameOf = (kind: string, id: number) =>
  kind === "queue" && id === 7 ? "Sales" : kind === "prompt" ? "Hello" : null;

describe("the clipboard", () => {
  it("carries blocks with the wires among them, under new names where they are pasted", () => {
    const text = copiedText(flow, new Set(["menu-1", "queue-1", "note-1"]));
    const parts = flowOfText(text);
    expect(parts?.blocks.map(({ exits }) => exits)).toEqual([{ "1": "queue-1", "no-input": "menu-1" }, {}]);
    const put = parts === null ? null : pasted(flow, parts, kinds, { x: 1000, y: 1000 });
    expect(put?.ids).toEqual(["menu-2", "queue-2", "note-2"]);
    const menu = put?.flow.blocks.find(({ id }) => id === "menu-2");
    expect(menu).toMatchObject({ exits: { "1": "queue-2", "no-input": "menu-2" }, at: { x: 1000, y: 1150 } });
  });

  it("leaves a second beginning out", () => {
    const parts = flowOfText(copiedText(flow, new Set(["start", "end-1"])));
    expect(parts && pasted(flow, parts, kinds, null)).toMatchObject({ ids: ["end-2"], left: 1 });
  });

  it("takes nothing that is no part of a flow, and not more than a flow may have", () => {
    expect(flowOfText("a text")).toBeNull();
    expect(flowOfText('{"perchFlow":1,"blocks":"no"}')).toBeNull();
    const many = { blocks: Array.from({ length: 299 }, (_, at) => block(`x-${at}`, "end")), notes: [] };
    expect(pasted(flow, many, kinds, null)).toBeNull();
  });
});

describe("the difference of two flows", () => {
  it("is nothing where only places differ", () => {
    expect(flowDiff(flow, shiftParts(flow, new Set(["menu-1"]), { x: 50, y: 0 }), kinds, nameOf)).toEqual([]);
  });

  it("names blocks that came, went or changed, and what about them", () => {
    let after = removeParts(flow, new Set(["end-1"]));
    after = { ...after, blocks: [...after.blocks, block("end-9", "end")] };
    after = wire(renameBlock(after, "menu-1", "First menu"), "queue-1", "timeout", "end-9");
    after = changeBlock(after, "menu-1", (one) => ({ ...one, options: { ...one.options, wait: 9 } }));
    expect(flowDiff(flow, after, kinds, nameOf)).toEqual([
      {
        id: "menu-1",
        title: "First menu",
        became: "changed",
        lines: ["was called Main menu", "Wait: 6 → 9", "exit Nothing: End → nowhere"],
      },
      { id: "queue-1", title: "Queue", became: "changed", lines: ["exit Waited too long: nowhere → End"] },
      { id: "end-9", title: "End", became: "added", lines: [] },
      { id: "end-1", title: "End", became: "removed", lines: [] },
    ]);
  });
});

it("tells which wires came and which are gone", () => {
  const after = wire(wire(flow, "menu-1", "2", "queue-1"), "queue-1", "timeout", "end-1");
  expect(wireDiff(flow, after)).toEqual({
    added: [
      { block: "menu-1", exit: "2", to: "queue-1" },
      { block: "queue-1", exit: "timeout", to: "end-1" },
    ],
    removed: [{ block: "menu-1", exit: "2", to: "end-1" }],
  });
});

it("tidies up from left to right, one block beside the other", () => {
  const heap = { ...flow, blocks: flow.blocks.map((one) => ({ ...one, at: { x: 0, y: 0 } })) };
  const tidy = tidied(heap, kinds);
  const at = new Map(tidy.blocks.map((one) => [one.id, one.at]));
  expect(at.get("start")?.x).toBeLessThan(at.get("menu-1")?.x ?? 0);
  expect(at.get("menu-1")?.x).toBeLessThan(at.get("queue-1")?.x ?? 0);
  expect(new Set([...at.values()].map((place) => JSON.stringify(place))).size).toBe(4);
});

it("says on a card what its options say", () => {
  const lines = flow.blocks.map((one) => blockLine(one, kinds, nameOf));
  expect(lines).toEqual(["", "“Welcome, {caller}” ♪ Hello · 1 Sales, 2 Nothing", "Sales · {place}", ""]);
});

it("finds blocks by their name, their options, their exits, and notes by their text", () => {
  const ids = (typed: string) => searched(flow, typed, kinds, nameOf).map(({ id }) => id);
  expect(ids("main")).toEqual(["menu-1"]);
  expect(ids("welcome")).toEqual(["menu-1"]);
  expect(ids("sales")).toEqual(["menu-1", "queue-1"]);
  expect(ids("too long")).toEqual(["queue-1"]);
  expect(ids("teresa")).toEqual(["note-1"]);
  expect(ids(" ")).toEqual([]);
});

describe("variables", () => {
  it("are those that blocks set and speak of, behind those of every call", () => {
    expect(variablesOf(flow, kinds)).toEqual(["caller", "dialled", "language", "place"]);
  });

  it("are completed behind an open brace", () => {
    expect(completions("Hello {ca", 9, ["caller", "place"])).toEqual([{ name: "caller", text: "Hello {caller}" }]);
    expect(completions("Hello {ca} you", 9, ["caller"])).toEqual([{ name: "caller", text: "Hello {caller} you" }]);
    expect(completions("Hello", 5, ["caller"])).toEqual([]);
  });
});

it("reads the flow as a list: each block once, below what leads to it; what nobody reaches at the end", () => {
  const lines = outlineOf({ ...flow, blocks: [...flow.blocks, block("end-2", "end")] }, kinds);
  expect(lines.map(({ block: one, depth, lost }) => [one.id, depth, lost])).toEqual([
    ["start", 0, false],
    ["menu-1", 1, false],
    ["queue-1", 2, false],
    ["end-1", 2, false],
    ["end-2", 0, true],
  ]);
});

it("goes by arrows to the nearest block of that side", () => {
  expect(neighbour(flow, "start", "right")).toBe("menu-1");
  expect(neighbour(flow, "menu-1", "right")).toBe("queue-1");
  expect(neighbour(flow, "queue-1", "down")).toBe("end-1");
  expect(neighbour(flow, "start", "left")).toBeNull();
});
