import { expect, it } from "vitest";
import { byteRange } from "./byte-range.ts";

const read = (header: string | undefined, ifRange?: string) => byteRange(header, 1000, { ifRange, tag: '"a"' });

it.each([
  ["bytes=0-99", { kind: "part", from: 0, length: 100 }],
  ["bytes=900-", { kind: "part", from: 900, length: 100 }],
  ["bytes=-100", { kind: "part", from: 900, length: 100 }],
  ["bytes=-5000", { kind: "part", from: 0, length: 1000 }],
  ["bytes=990-5000", { kind: "part", from: 990, length: 10 }],
  ["bytes=1000-", { kind: "beyond" }],
  ["bytes=-0", { kind: "beyond" }],
])("a stretch that is asked for: %s", (header, range) => {
  expect(read(header)).toEqual(range);
});

it.each([undefined, "bytes=", "bytes=-", "bytes=9-5", "bytes=0-1,5-9", "pages=1-2", "bytes=a-b"])(
  "all of it where %s is asked for",
  (header) => {
    expect(read(header)).toEqual({ kind: "all" });
  },
);

it("a stretch only of what the asker has already", () => {
  expect(read("bytes=0-9", '"a"')).toEqual({ kind: "part", from: 0, length: 10 });
  expect(read("bytes=0-9", '"b"')).toEqual({ kind: "all" });
});
