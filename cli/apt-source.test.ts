import { expect, it } from "vitest";
import { debianMirror, isPastItsDate, sourceLine } from "./apt-source.ts";

it("takes the main Debian archive out of what apt is set up with", () => {
  const lines = [
    "http://mirror.example/debian-security/ main bookworm-security",
    "https://packages.example/vendor/ main bookworm",
    "http://mirror.example/debian/ contrib bookworm",
    "http://mirror.example/debian/ main bookworm",
    "http://mirror.example/debian/ main bookworm-updates",
  ];
  expect(debianMirror(lines.join("\n"))).toBe("http://mirror.example/debian");
});

it("finds none where apt knows no Debian archive", () => {
  expect(debianMirror("http://mirror.example/ubuntu/ main noble\n")).toBeUndefined();
  expect(debianMirror("")).toBeUndefined();
});

it("names the keyring that must have signed", () => {
  expect(sourceLine("http://m.example/debian", "forky", "/k.gpg")).toBe(
    "deb [signed-by=/k.gpg] http://m.example/debian forky main\n",
  );
  expect(sourceLine("http://m.example/debian", "forky", undefined)).toBe("deb http://m.example/debian forky main\n");
});

it("tells a Release file past its date from other failures", () => {
  const past = "E: Release file for http://m.example/debian/dists/forky/InRelease is expired (invalid since 3d 2h).";
  expect(isPastItsDate(past)).toBe(true);
  expect(isPastItsDate("E: The repository is not signed.")).toBe(false);
});
