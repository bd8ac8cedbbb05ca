import { expect, it } from "vitest";
import { readTelephoneFile } from "./telephone-file.ts";

it("reads the columns by their names, in any order and case, from what spreadsheets write", () => {
  const row = { fullName: "Desk 1", username: "desk-1", internal: "101", place: null, model: "yealink" };
  expect(readTelephoneFile("name,username,internal,model\nDesk 1,desk-1,101,Yealink\n").rows).toMatchObject([row]);
  expect(readTelephoneFile("﻿Username;Name;INTERNAL;model\r\ndesk-1;Desk 1;101;yealink\r\n").rows).toMatchObject([row]);
  expect(readTelephoneFile("name\tusername\tinternal\tmodel\nDesk 1\tdesk-1\t101\tyealink").rows).toMatchObject([row]);
});

it("takes quoted cells whole and counts the lines inside them", () => {
  const { rows } = readTelephoneFile('name,username\n"Desk, left",a\n\n"Desk ""2""",b\n');
  expect(rows.map(({ line, fullName }) => [line, fullName])).toEqual([
    [2, "Desk, left"],
    [4, 'Desk "2"'],
  ]);
});

it.each([
  ["", 1, null],
  ["name,username\n", 1, null],
  ["name,user\nDesk 1,desk-1", 1, "user"],
  ["name,name,username\nDesk 1,x,desk-1", 1, "name"],
  ["internal\n101", 1, "name"],
  ['name,username\nDesk 1,desk-1\n"Desk 2,desk-2\n', 3, null],
  ["name,username\nDesk 1,desk-1,more", 2, null],
])("says where %j goes wrong", (text, line, column) => {
  expect(readTelephoneFile(text).problems[0]).toMatchObject({ line, column });
});

it("does not take more than a thousand at once", () => {
  const lines = Array.from({ length: 1001 }, (_, n) => `Desk ${n},desk-${n}`);
  expect(readTelephoneFile(`name,username\n${lines.join("\n")}`).problems).toHaveLength(1);
  expect(readTelephoneFile(`name,username\n${lines.slice(1).join("\n")}`).rows).toHaveLength(1000);
});
