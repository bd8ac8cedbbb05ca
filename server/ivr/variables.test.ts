import fc from "fast-check";
import { expect, it } from "vitest";
import { createVariables, storable } from "./variables.ts";

it("a value can always be written down, wherever it was cut and whoever said it", () => {
  const variables = createVariables({ caller: "+39061" });
  variables.set("answer", "a\0b");
  expect(variables.get("answer")).toBe("ab");
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), fc.nat(40), (text, at) => {
      const kept = storable(text.slice(0, at));
      expect(kept.isWellFormed()).toBe(true);
      expect(kept).not.toContain("\0");
    }),
  );
});
