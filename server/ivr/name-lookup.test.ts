import { expect, it } from "vitest";
import { createNameLookup, type Resolve } from "./name-lookup.ts";

const ADDRESS = [{ address: "192.0.2.1", family: 4 }];

it("names are looked up two at a time, one name once, and everybody is answered", () => {
  const pending: [host: string, done: Parameters<Resolve>[1]][] = [];
  const look = createNameLookup((host, done) => void pending.push([host, done]));
  const answered: string[] = [];
  for (const host of ["a", "b", "c", "a", "c"])
    look(host, (error) => void answered.push(`${host} ${error?.code ?? ""}`));
  expect(pending.map(([host]) => host)).toEqual(["a", "b"]);
  pending[0]?.[1](null, ADDRESS);
  expect([pending.map(([host]) => host), answered]).toEqual([
    ["a", "b", "c"],
    ["a ", "a "],
  ]);
  pending[2]?.[1](Object.assign(new Error("no"), { code: "ENOTFOUND" }), []);
  pending[1]?.[1](null, ADDRESS);
  expect(answered.slice(2)).toEqual(["c ENOTFOUND", "c ENOTFOUND", "b "]);
  look("a", () => void answered.push("a again"));
  expect(pending).toHaveLength(4);
});

it("with a name server that is away only so many wait", () => {
  const look = createNameLookup(() => {});
  const refused: string[] = [];
  for (let nth = 0; nth < 502; nth += 1) look(`host${nth}`, (error) => void refused.push(String(error?.code)));
  expect(refused).toEqual(["EAI_AGAIN", "EAI_AGAIN"]);
});
