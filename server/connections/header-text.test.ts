import { OutgoingMessage } from "node:http";
import { expect, it } from "vitest";
import { headerValue, secretsIn } from "./header-text.ts";

it("secrets stand by their names, and no value can name one", () => {
  const filled = (text: string) => text.replace("{said}", "{secret.other}\r\nevil: 1");
  expect(headerValue("Basic {secret.crm} {said}", filled)).toEqual([
    "Basic ",
    { secret: "crm" },
    " {secret.other} evil: 1",
  ]);
  expect(headerValue("{secret.a}{secret.b}", filled)).toEqual([{ secret: "a" }, { secret: "b" }]);
  expect(headerValue("", filled)).toEqual([]);
  expect(secretsIn("{secret.a} {secret.b} {secret.a} {secret.} {other}")).toEqual(["a", "b"]);
});

it("holds whatever a value may: signs of any writing as UTF-8, and no sign that steers", () => {
  const [sent = ""] = headerValue("{name}", () => "Łukasz\t\u0001\u007fMüller 🙂");
  expect(typeof sent === "string" ? Buffer.from(sent, "latin1").toString("utf8") : "").toBe("Łukasz Müller 🙂");
  expect(() => new OutgoingMessage().setHeader("x-name", String(sent))).not.toThrow();
});
