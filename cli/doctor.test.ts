import { expect, it } from "vitest";
import { table } from "./doctor.ts";

it("prints one line a finding, in columns", () => {
  const lines = table([
    { what: "node", state: "ok", says: "24.0.0" },
    { what: "SIP port", state: "missing", says: "in use" },
  ]);
  expect(lines).toBe("ok       node      24.0.0\nmissing  SIP port  in use\n");
});
