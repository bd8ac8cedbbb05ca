import { describe, expect, it } from "vitest";
import {
  addBehind,
  addBlock,
  blockExits,
  changeOptions,
  emptyFlow,
  freePlace,
  removeParts,
  wire,
} from "./flow-edit.ts";
import { flow, kinds } from "./flow-fixture.ts";

const menu = kinds.get("menu");
const queue = kinds.get("queue");
if (menu === undefined || queue === undefined) throw new Error("the fixture has no menu and no queue");
const byId = (of: typeof flow, id: string) => of.blocks.find((one) => one.id === id);

describe("adding", () => {
  it("begins a flow with a start", () => {
    expect(emptyFlow(kinds).blocks.map(({ type }) => type)).toEqual(["start"]);
  });

  it("gives a new block the usual options and an identifier of its own", () => {
    const { flow: grown, id } = addBlock(flow, menu, { x: 3, y: 8 });
    expect(id).toBe("menu-2");
    expect(byId(grown, id)).toMatchObject({ options: { wait: 6 }, at: { x: 0, y: 10 } });
  });

  it("wires a block that is added behind another from its first free exit", () => {
    const { flow: grown, id } = addBehind(flow, menu, kinds, "queue-1");
    expect(byId(grown, "queue-1")?.exits).toEqual({ timeout: id });
    expect(byId(grown, id)?.at.x).toBeGreaterThan(600);
  });

  it("puts no new block upon another", () => {
    const place = freePlace(flow, kinds, { x: 600, y: 20 });
    expect(place.y).toBeGreaterThan(200);
  });
});

describe("wires", () => {
  it("lead somewhere else or nowhere, and the rest of the flow stays the same", () => {
    const wired = wire(flow, "queue-1", "timeout", "end-1");
    expect(byId(wired, "queue-1")?.exits).toEqual({ timeout: "end-1" });
    expect(byId(wired, "menu-1")).toBe(byId(flow, "menu-1"));
    expect(byId(wire(wired, "queue-1", "timeout", null), "queue-1")?.exits).toEqual({});
    expect(wire(wired, "queue-1", "timeout", "end-1")).toBe(wired);
  });

  it("go with the block they led to", () => {
    const left = removeParts(flow, new Set(["queue-1", "note-1"]));
    expect(byId(left, "menu-1")?.exits).toEqual({ "2": "end-1", "no-input": "menu-1" });
    expect(left.notes).toEqual([]);
  });

  const withKeys = (...keys: string[]) =>
    changeOptions(flow, menu, "menu-1", {
      ...byId(flow, "menu-1")?.options,
      keys: keys.map((key) => ({ key, label: key })),
    });

  it("follow a key that becomes another one", () => {
    expect(byId(withKeys("1", "9"), "menu-1")?.exits).toEqual({ "1": "queue-1", "9": "end-1", "no-input": "menu-1" });
  });

  it("wait while their key is rubbed out and another is written", () => {
    const rubbed = withKeys("1", "");
    const rows = [{ key: "1" }, { key: "7" }];
    const written = changeOptions(rubbed, menu, "menu-1", { ...byId(rubbed, "menu-1")?.options, keys: rows });
    expect(byId(written, "menu-1")?.exits).toEqual({ "1": "queue-1", "7": "end-1", "no-input": "menu-1" });
  });

  it("stay with their keys when the keys are put in another order", () => {
    expect(byId(withKeys("2", "1"), "menu-1")?.exits).toEqual(byId(flow, "menu-1")?.exits);
  });

  it("are gone with their key", () => {
    expect(byId(withKeys("2"), "menu-1")?.exits).toEqual({ "2": "end-1", "no-input": "menu-1" });
  });
});

it("shows exits that a block has wired and does not have any more", () => {
  const stray = wire(flow, "queue-1", "gone", "end-1");
  const block = byId(stray, "queue-1");
  expect(block && blockExits(block, kinds)).toEqual([
    { name: "timeout", title: "Waited too long", known: true },
    { name: "gone", title: "gone", known: false },
  ]);
});
