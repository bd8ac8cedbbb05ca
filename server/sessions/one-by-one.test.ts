import { expect, it } from "vitest";
import { createOneByOne } from "./one-by-one.ts";

it("does the work of one key in the order asked, and that of others meanwhile", async () => {
  const oneByOne = createOneByOne<string>();
  const story: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = oneByOne("a", async () => {
    story.push("a1 begins");
    await gate.promise;
    story.push("a1 ends");
    return 1;
  });
  const second = oneByOne("a", async () => {
    story.push("a2");
    return 2;
  });
  await oneByOne("b", async () => void story.push("b"));
  gate.resolve();
  expect(await Promise.all([first, second])).toEqual([1, 2]);
  expect(story).toEqual(["a1 begins", "b", "a1 ends", "a2"]);
});

it("goes on after work that failed, and says so to its own asker alone", async () => {
  const oneByOne = createOneByOne<string>();
  const failed = oneByOne("a", () => Promise.reject(new Error("no")));
  const next = oneByOne("a", () => Promise.resolve("yes"));
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe("yes");
});
