import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createVariables } from "./variables.ts";
import { inJson, inUrl, readJson } from "./web-text.ts";

const anything = fc.string({ unit: "binary", maxLength: 60 });

describe("a value in what is sent", () => {
  it("stands in JSON as a text, a number, or what it is", () => {
    const template = '{"a": "no. {x}", "b": {x}, "c": {y}, "d": "\\"{y}\\""}';
    const values = createVariables({ x: "12", y: 'a "quoted" one' });
    expect(JSON.parse(values.fill(template, inJson(template)))).toEqual({
      ...{ a: "no. 12", b: 12, c: 'a "quoted" one', d: '"a "quoted" one"' },
    });
  });

  it("never says more than itself, whatever it is", () => {
    const template = '{"in": "<{x}>", "bare": {x}, "list": [{x}]}';
    fc.assert(
      fc.property(anything, (x) => {
        const sent = createVariables({ x }).fill(template, inJson(template));
        const read = JSON.parse(sent) as { in: string; bare: unknown; list: unknown[] };
        expect(Object.keys(read)).toEqual(["in", "bare", "list"]);
        expect(read.in).toBe(`<${x}>`);
        expect(read.list).toHaveLength(1);
      }),
    );
    fc.assert(
      fc.property(anything, (x) => {
        const url = new URL(createVariables({ x }).fill("https://crm.example/a/{x}/b?n={x}&m=1", inUrl));
        expect(url.host).toBe("crm.example");
        expect([...url.searchParams.keys()]).toEqual(["n", "m"]);
        expect(url.searchParams.get("n")).toBe(x.toWellFormed());
      }),
    );
  });
});

it("a path leads into an answer, and nowhere else", () => {
  const text = JSON.stringify({ customer: { name: "Ada", orders: [{ no: 7 }], vip: true, gone: null } });
  const paths = ["customer.name", "customer.orders[0].no", "customer.vip", "customer.orders", "customer.gone", "x.y"];
  expect(readJson(text, paths)).toEqual(["Ada", "7", "true", '[{"no":7}]', "", ""]);
  expect(readJson(text, ["__proto__", "customer.constructor.name", "customer.orders.length"])).toEqual(["", "", "1"]);
  expect(readJson("<html>", ["a"])).toEqual([""]);
});
