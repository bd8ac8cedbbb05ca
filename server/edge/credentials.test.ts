import { expect, it } from "vitest";
import { isSameOrigin, readCredentials } from "./credentials.ts";

const token = "a".repeat(43);

it.each([
  [{ authorization: `Bearer ${token}` }, { token, from: "bearer" }],
  [{ authorization: `bearer ${token}` }, { token, from: "bearer" }],
  [{ cookie: `a=b; perch=${token}; c=d` }, { token, from: "cookie" }],
  [
    { authorization: `Bearer ${token}`, cookie: `perch=${"b".repeat(43)}` },
    { token, from: "bearer" },
  ],
  [{ authorization: "Bearer short", cookie: `perch=${token}` }, null],
  [{ cookie: `xperch=${token}` }, null],
  [{ cookie: "perch=" }, null],
  [{}, null],
] as const)("reads %j", (headers, expected) => {
  expect(readCredentials(headers)).toEqual(expected);
});

it.each([
  [{ host: "a:8080", origin: "http://a:8080" }, true],
  [{ host: "a:8080", origin: "https://a:8080" }, true],
  [{ host: "a:8080", origin: "http://a:8081" }, false],
  [{ host: "a", origin: "http://a.evil" }, false],
  [{ host: "a", origin: "null" }, false],
  [{ host: "a", "sec-fetch-site": "same-origin" }, true],
  [{ host: "a", "sec-fetch-site": "same-site" }, false],
  [{ host: "a" }, false],
])("%j is of the same origin: %s", (headers, expected) => {
  expect(isSameOrigin(headers)).toBe(expected);
});
