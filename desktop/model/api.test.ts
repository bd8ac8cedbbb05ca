import { describe, expect, it } from "vitest";
import { createApi, withQuery } from "./api.ts";
import { RefusalError, sentenceOf, UnreachableError } from "./refusal-error.ts";

const answering = (status: number, body: string) => createApi(async () => new Response(body || null, { status }), "");
const problem = JSON.stringify({
  type: "about:blank",
  code: "telephone.held",
  title: "Busy: held by Anna Rossi since 08:58.",
  status: 409,
  heldBy: { id: 6, name: "Anna Rossi" },
});

describe("the API client", () => {
  it("gives a refusal with its words and facts", async () => {
    const error = await answering(409, problem)
      .logIn({ telephoneId: 1 })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RefusalError);
    expect(error).toMatchObject({ code: "telephone.held", message: "Busy: held by Anna Rossi since 08:58." });
    expect((error as RefusalError).problem.heldBy).toEqual({ id: 6, name: "Anna Rossi" });
  });

  it.each([
    [502, "<html>Bad gateway</html>"],
    [200, "<html>A hotel's sign-in page</html>"],
    [500, "{}"],
  ])("takes an answer %i that is not ours for none", async (status, body) => {
    await expect(answering(status, body).me()).rejects.toBeInstanceOf(UnreachableError);
  });

  it("takes a cut line for no answer", async () => {
    const api = createApi(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(api.me()).rejects.toBeInstanceOf(UnreachableError);
  });

  it("is content with an empty answer", async () => {
    await expect(answering(204, "").logOut()).resolves.toBeUndefined();
  });

  it("sends a leg's id as one part of the address, whatever stands in it", async () => {
    const asked: string[] = [];
    const api = createApi(async (input) => {
      asked.push(input);
      return new Response("{}");
    });
    await api.hangUp("node1-1795.7/../x");
    expect(asked).toEqual(["/api/v1/calls/node1-1795.7%2F..%2Fx/hangup"]);
  });

  it("leaves out what has no value", () => {
    expect(withQuery("/contacts", { q: "", cursor: null, limit: 5, number: "+39 055" })).toBe(
      "/contacts?limit=5&number=%2B39+055",
    );
    expect(withQuery("/contacts", {})).toBe("/contacts");
  });
});

describe("a sentence for what went wrong", () => {
  it("never is that something went wrong", () => {
    expect(sentenceOf(new UnreachableError())).toContain("does not answer");
    expect(sentenceOf(new Error("x is undefined"))).toContain("x is undefined");
  });
});
