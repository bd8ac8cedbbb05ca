import { expect, it } from "vitest";
import { isForeignOrigin, readCredentials } from "./credentials.ts";

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
  [{ host: "a:8080", origin: "http://a:8080" }, false],
  [{ host: "a:8080", origin: "https://a:8080" }, false],
  [{ host: "a:8080", origin: "http://a:8081" }, true],
  [{ host: "a", origin: "http://a.evil" }, true],
  [{ host: "a", origin: "null" }, true],
  [{ host: "a", "sec-fetch-site": "same-origin" }, false],
  [{ host: "a", "sec-fetch-site": "same-site" }, true],
  [{ host: "a" }, false],
])("%j comes from another site's page: %s", (headers, expected) => {
  expect(isForeignOrigin(headers)).toBe(expected);
});
