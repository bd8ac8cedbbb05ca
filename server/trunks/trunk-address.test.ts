import { expect, it } from "vitest";
import { parseTrunkAddress } from "./trunk-address.ts";

it.each([
  ["192.0.2.7", { address: "192.0.2.7", prefix: null, port: null }],
  ["192.0.2.0/24", { address: "192.0.2.0", prefix: 24, port: null }],
  ["192.0.2.7:5070", { address: "192.0.2.7", prefix: null, port: 5070 }],
  ["192.0.2.0/24:5070", { address: "192.0.2.0", prefix: 24, port: 5070 }],
  ["2001:db8::7", { address: "2001:db8::7", prefix: null, port: null }],
  ["2001:db8::/32", { address: "2001:db8::", prefix: 32, port: null }],
  ["::ffff:192.0.2.1", { address: "::ffff:192.0.2.1", prefix: null, port: null }],
])("reads %s", (text, expected) => {
  expect(parseTrunkAddress(text)).toEqual(expected);
});

it.each([
  "",
  "1",
  "300.0.0.1",
  "192.0.2.1/0",
  "192.0.2.1/33",
  "192.0.2.1:0",
  "192.0.2.1:65536",
  "192.0.2.1/24/24",
  "2001:db8::/129",
  "2001:db8::/32:5060",
  "fe80::1%eth0",
  "192.0.2.1\n",
  "a.example",
])("refuses %j", (text) => {
  expect(parseTrunkAddress(text)).toBeNull();
});
