import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choices } from "../../contract/snapshot.ts";
import { type ChoiceViewer, choiceOf, isListed, type TelephoneRow } from "./choice.ts";
import { createChoiceList, type ListedTelephone } from "./choice-list.ts";

const listed = (id: number, over: Partial<TelephoneRow>, registered: boolean): ListedTelephone => {
  const row: TelephoneRow = {
    id,
    name: `Desk ${id}`,
    endpoint: `desk${id}`,
    internal: null,
    place: null,
    enabled: true,
    line: "sip",
    ownerAgentId: null,
    holding: null,
    ...over,
  };
  return { row, choice: choiceOf(row, registered, null) };
};

const change = fc.record({
  id: fc.integer({ min: 1, max: 700 }),
  gone: fc.boolean(),
  name: fc.constantFrom("Desk 2", "Desk 10", "desk 2", "Ärger", 'he said "x"', "Reception"),
  place: fc.constantFrom(null, "Floor 1", "Floor 2"),
  ownerAgentId: fc.constantFrom(null, null, 1, 2),
  registered: fc.boolean(),
});
const viewers: ChoiceViewer[] = [
  "all",
  { agentId: 1, hotdesk: true },
  { agentId: 2, hotdesk: false },
  { agentId: 9, hotdesk: true },
];

describe("the list kept as JSON", () => {
  it("is for every viewer, after any changes, what the contract makes of the same telephones", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 600 }),
        fc.array(change, { maxLength: 40 }),
        fc.boolean(),
        (start, changes, none) => {
          const list = createChoiceList();
          const truth = new Map<number, ListedTelephone>();
          for (let id = 1; id <= start; id += 1) truth.set(id, listed(id, {}, id % 2 === 0));
          list.replaceAll([...truth.values()]);
          for (const viewer of viewers) list.encode(viewer);
          for (const { id, gone, name, place, ownerAgentId, registered } of changes) {
            const telephone = gone ? null : listed(id, { name, place, ownerAgentId }, registered);
            list.set(id, telephone);
            if (telephone === null) truth.delete(id);
            else truth.set(id, telephone);
            list.encode("all");
          }
          list.setNoneRegistered(none);
          for (const viewer of viewers) {
            const seen = [...truth.values()].filter(({ row }) => isListed(row, viewer)).map(({ choice }) => choice);
            expect(JSON.parse(Buffer.concat(list.encode(viewer)).toString())).toEqual(choices(seen, none));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
