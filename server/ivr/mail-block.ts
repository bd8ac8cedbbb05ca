import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { MailService } from "../mail/mail-service.ts";
import type { BlockHouse } from "./block-house.ts";

/** A caller waits no longer for a mail server. */
const LONGEST_MS = 10_000;
/** More at once are refused: a server that does not answer must not gather all our calls. */
const MOST_AT_ONCE = 50;

/** What the block that sends mail asks of the house. */
export function createMailBlock(deps: {
  clock: Clock;
  log: Log;
  mail: Pick<MailService, "send">;
}): BlockHouse["sendMail"] {
  const { clock, log, mail } = deps;
  let underWay = 0;

  const send = async ({ to, subject, text }: Parameters<BlockHouse["sendMail"]>[0]): Promise<string | null> => {
    underWay += 1;
    try {
      const failed = await mail.send({ to, subject, text, html: htmlOf(text), attachment: null });
      if (failed !== null) log.warn({ why: failed }, "a project could not send its mail");
      return failed;
    } finally {
      underWay -= 1;
    }
  };

  return async (wish) => {
    if (underWay >= MOST_AT_ONCE) return "Too many messages at once.";
    let cancel = () => {};
    const tooLong = new Promise<string>((resolve) => {
      cancel = clock.after(LONGEST_MS, () => resolve("The mail server takes too long; it may still be sent."));
    });
    const sent = send(wish).catch((err: unknown) => {
      log.error({ err }, "sending the mail of a project failed");
      return "It could not be sent.";
    });
    const failed = await Promise.race([sent, tooLong]);
    cancel();
    return failed;
  };
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** The same as a page: as it was written, line by line. */
function htmlOf(text: string): string {
  const escaped = text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
  return `<div style="white-space:pre-wrap">${escaped}</div>`;
}
