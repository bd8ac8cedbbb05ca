import { expect, it } from "vitest";
import { handClock } from "../../test/hand-clock.ts";
import { openLog } from "../log.ts";
import type { Mail } from "../mail/mail-service.ts";
import { createMailBlock } from "./mail-block.ts";

const log = openLog({ level: "silent" });
const wish = { to: ["a@b.example"], subject: "Hello", text: "<b>\nsecond line" };

it("a mail says as a page what it says as a text", async () => {
  const sent: Mail[] = [];
  const send = async (mail: Mail) => {
    sent.push(mail);
    return null;
  };
  expect(await createMailBlock({ clock: handClock(), log, mail: { send } })(wish)).toBeNull();
  expect(sent[0]).toMatchObject({ text: "<b>\nsecond line", attachment: null });
  expect(sent[0]?.html).toContain("&lt;b&gt;\nsecond line");
});

it("a mail server that does not answer holds nobody for more than ten seconds, and not everybody", async () => {
  const clock = handClock();
  const send = createMailBlock({ clock, log, mail: { send: () => new Promise(() => {}) } });
  const waiting = Array.from({ length: 50 }, () => send(wish));
  expect(await send(wish)).toContain("at once");
  clock.advance(10_000);
  expect(new Set(await Promise.all(waiting))).toEqual(
    new Set(["The mail server takes too long; it may still be sent."]),
  );
});

it("a mail that fails for any reason is one that was not sent", async () => {
  const mail = { send: () => Promise.reject(new Error("the database is away")) };
  expect(await createMailBlock({ clock: handClock(), log, mail })(wish)).toBe("It could not be sent.");
});
