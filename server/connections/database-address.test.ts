import { expect, it } from "vitest";
import { databaseWords, readDatabaseAddress } from "./database-address.ts";

it("says where a database is, and never the password to people", () => {
  const address = readDatabaseAddress("postgresql://reader:p%40ss@db.example.lan/crm?sslmode=verify-full");
  expect(address).toEqual({
    ...{ host: "db.example.lan", port: 5432, database: "crm", user: "reader", password: "p@ss", encryption: "checked" },
  });
  expect(typeof address === "string" ? address : databaseWords(address)).toBe("crm at db.example.lan:5432 as reader");
  expect(readDatabaseAddress("postgres://r:p@[fd00::7]:6432/crm")).toMatchObject({
    ...{ host: "fd00::7", port: 6432, encryption: "unchecked" },
  });
});

it("refuses in words that hold nothing of what was written", () => {
  for (const text of [
    "",
    "secret",
    "mysql://a:secret@b/c",
    "postgresql://a@b/secret",
    "postgresql://a:secret@b",
    "postgresql://a:secret%@b/c",
    "postgresql://a:secret@b/c?sslmode=prefer",
    "postgresql://a:b@c/d?host=/secret",
  ]) {
    const words = readDatabaseAddress(text);
    expect(typeof words).toBe("string");
    expect(words).not.toContain("secret");
  }
});
