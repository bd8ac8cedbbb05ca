import { describe, expect, it } from "vitest";
import { isPublicAddress, isWebAllowance, mayConnect } from "./web-address.ts";

describe("an address of the internet", () => {
  it.each(["8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::200e"])(
    "%s is one",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
  it.each([
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%lo",
    "2606:4700::1111%eth0",
    "fec0::1",
    "ff02::1",
    "localhost",
    "",
    "127.1",
    "0x7f000001",
    "2130706433",
  ])("%s is none", (address) => expect(isPublicAddress(address)).toBe(false));
});

describe("what the house lets projects reach", () => {
  const to = (host: string, port = 80) => ({ host, port });
  it("is said by a name, and by that name alone, wherever it is", () => {
    expect(mayConnect("10.0.0.5", to("crm.lan"), ["CRM.lan"])).toBe(true);
    expect(mayConnect("10.0.0.5", to("CRM.LAN."), ["crm.lan"])).toBe(true);
    expect(mayConnect("10.0.0.5", to("other.lan"), ["crm.lan"])).toBe(false);
    expect(mayConnect("10.0.0.5", to("evil-crm.lan"), ["crm.lan"])).toBe(false);
  });
  it("is said by an address or a network, whatever name leads there", () => {
    expect(mayConnect("10.1.2.3", to("any.example"), ["10.1.0.0/16"])).toBe(true);
    expect(mayConnect("10.2.2.3", to("any.example"), ["10.1.0.0/16"])).toBe(false);
    expect(mayConnect("10.1.2.3", to("10.1.2.3"), ["10.1.2.3"])).toBe(true);
    expect(mayConnect("fd00::7", to("any.example"), ["fd00::/8"])).toBe(true);
    expect(mayConnect("::1", to("any.example"), ["127.0.0.0/8"])).toBe(false);
    expect(mayConnect("::ffff:127.0.0.1", to("any.example"), ["127.0.0.1"])).toBe(false);
  });
  it("is said for one port", () => {
    expect(mayConnect("127.0.0.1", to("127.0.0.1", 8080), ["127.0.0.1:8080"])).toBe(true);
    expect(mayConnect("127.0.0.1", to("127.0.0.1", 5432), ["127.0.0.1:8080"])).toBe(false);
    expect(mayConnect("::1", to("::1", 8080), ["[::1]:8080"])).toBe(true);
    expect(mayConnect("10.0.0.5", to("crm.lan", 443), ["crm.lan:80"])).toBe(false);
  });
  it.each([
    ["crm.example.lan", true],
    ["crm:8080", true],
    ["10.0.0.0/8", true],
    ["10.0.0.0/8:443", true],
    ["::1", true],
    ["fd00::/8", true],
    ["[::1]:80", true],
    ["10.0.0.0/33", false],
    ["fd00::/129", false],
    ["crm.lan/8", false],
    ["crm:0", false],
    ["crm:70000", false],
    ["127.1", false],
    ["300.1.1.1", false],
    ["http://crm", false],
    ["*", false],
    ["", false],
  ])("“%s” says something: %s", (entry, says) => expect(isWebAllowance(entry)).toBe(says));
});
