import { describe, expect, it } from "vitest";
import { accountsCsv, accountUri, filledSteps, sheetServer } from "./provisioning-sheet.ts";

const account = { fullName: "Desk 1", internal: "101", place: null, username: "desk-1", secret: "s3cret-Word" };
const at = (host: string) => ({ host, port: 5060, tlsPort: null, warning: null });

describe("the server on a sheet", () => {
  it("is where SIP listens, or the address of this page where it listens everywhere", () => {
    expect(sheetServer({ host: "192.0.2.5", port: 5060, tlsPort: 5061 }, "perch.example")).toEqual({
      host: "192.0.2.5",
      port: 5060,
      tlsPort: 5061,
      warning: null,
    });
    expect(sheetServer({ host: null, port: 5070, tlsPort: null }, "perch.example")).toMatchObject({
      host: "perch.example",
      port: 5070,
      warning: null,
    });
    expect(sheetServer({ host: null, port: 5070, tlsPort: null }, "[2001:db8::5]").host).toBe("2001:db8::5");
  });

  it.each(["127.0.0.1", "127.1.2.3", "localhost", "::1"])("says that %s can be reached from nowhere else", (host) => {
    expect(sheetServer({ host, port: 5060, tlsPort: null }, "perch.example").warning).toContain("PERCH_SIP_LISTEN");
    expect(sheetServer({ host: null, port: 5060, tlsPort: null }, host).warning).toContain("own machine");
  });
});

it("writes an account as a SIP address that survives any secret", () => {
  expect(accountUri(account, at("192.0.2.5"))).toBe("sip:desk-1:s3cret-Word@192.0.2.5:5060;transport=udp");
  expect(accountUri({ ...account, secret: "a@b:c;d&e=f" }, at("2001:db8::5"))).toBe(
    "sip:desk-1:a%40b%3Ac%3Bd&e=f@[2001:db8::5]:5060;transport=udp",
  );
});

it("puts the values into a maker's steps, whatever stands in them", () => {
  const odd = { ...account, secret: "{user}$&" };
  expect(filledSteps(["{server}:{port}", "{user} / {secret}"], odd, at("192.0.2.5"))).toEqual([
    "192.0.2.5:5060",
    "desk-1 / {user}$&",
  ]);
});

it("writes the accounts for a spreadsheet without letting it run anything", () => {
  const text = accountsCsv([account, { ...account, fullName: '=1+1 "x"', place: "Floor 1, left" }], at("192.0.2.5"));
  expect(text.split("\r\n")).toEqual([
    "name,username,secret,internal,place,server,port,transport",
    "Desk 1,desk-1,s3cret-Word,101,,192.0.2.5,5060,udp",
    '"\'=1+1 ""x""",desk-1,s3cret-Word,101,"Floor 1, left",192.0.2.5,5060,udp',
    "",
  ]);
});
