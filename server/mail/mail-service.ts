import type { MailSettings, MailSettingsBody } from "../../contract/views.ts";
import type { Database } from "../db/pool.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import { changedFields } from "../staff/changed-fields.ts";
import type { Actor } from "../staff/permission.ts";
import type { SecretBox } from "../staff/secret-box.ts";
import { mailFailure } from "./mail-failure.ts";
import { deleteMailSettings, type MailRow, readMailSettings, writeMailSettings } from "./mail-store.ts";

/** A message to some people. Texts are ours; names of files too. */
export interface Mail {
  to: readonly string[];
  subject: string;
  text: string;
  html: string;
  attachment: { name: string; type: string; content: Buffer } | null;
  /** Stays the same when it is tried again, so that one that arrives twice is known as one. */
  messageId?: string;
}

/** The house's mail: how it is sent, and sending it. */
export interface MailService {
  settings(): Promise<MailSettings | Refusal>;
  change(actor: Actor, body: MailSettingsBody): Promise<MailSettings | Refusal>;
  forget(actor: Actor): Promise<Refusal | undefined>;
  /** Sends a few words, to see whether it works; the refusal says why not. */
  test(actor: Actor, to: string): Promise<Refusal | undefined>;
  /** Answers why it could not be sent, in words; null: the server has taken it for everybody. */
  send(mail: Mail): Promise<string | null>;
}

/** A server that does not answer; attachments take their time. */
const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

const view = ({ passwordSealed, ...row }: MailRow): MailSettings => ({ ...row, hasPassword: passwordSealed !== null });
const notSetUp = () => new Refusal("not-found", "Nobody has set up how mail is sent.");

export function createMailService(deps: { db: Database; changes: ChangeService; secrets: SecretBox }): MailService {
  const { db, changes, secrets } = deps;

  const send = async (mail: Mail): Promise<string | null> => {
    const row = await readMailSettings(db);
    if (row === null) return notSetUp().title;
    const { host, port, security, sender, username, passwordSealed } = row;
    // Many houses send none, and to load it takes every start its time.
    const { createTransport } = await import("nodemailer");
    const transport = createTransport({
      ...{
        host,
        port,
        secure: security === "tls",
        requireTLS: security === "starttls",
        ignoreTLS: security === "none",
      },
      ...(username === null || passwordSealed === null
        ? {}
        : { auth: { user: username, pass: secrets.open(passwordSealed) } }),
      ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
      // A message is made of what stands here: nothing is fetched from elsewhere.
      ...{ disableFileAccess: true, disableUrlAccess: true },
    });
    try {
      const { to, subject, text, html, attachment, messageId } = mail;
      const { rejected } = await transport.sendMail({
        ...{ from: sender, to: [...to], subject, text, html },
        ...(messageId === undefined ? {} : { messageId }),
        attachments:
          attachment === null
            ? []
            : [{ filename: attachment.name, contentType: attachment.type, content: attachment.content }],
      });
      return rejected.length === 0 ? null : `The mail server does not take mail for ${rejected.join(", ")}.`;
    } catch (error) {
      return mailFailure(error, { host, port });
    } finally {
      transport.close();
    }
  };

  return {
    async settings() {
      const row = await readMailSettings(db);
      return row === null ? notSetUp() : view(row);
    },
    change: (actor, body) =>
      changes.run<MailSettings>(actor, async (tx) => {
        const before = await readMailSettings(tx);
        const { password, ...rest } = body;
        const sealed = typeof password === "string" ? secrets.seal(password) : null;
        // A password is for one server: whoever sets another does not take it along.
        const same = before !== null && before.host === body.host && before.username === body.username;
        const row: MailRow = {
          ...rest,
          passwordSealed: password === undefined && same ? before.passwordSealed : sealed,
        };
        if (row.security === "none" && row.passwordSealed !== null) {
          return new Refusal("request.invalid", "A password is not sent without encryption.", { field: "security" });
        }
        if ((row.username === null) !== (row.passwordSealed === null)) {
          return new Refusal("request.invalid", "A username goes with a password.", { field: "password" });
        }
        await writeMailSettings(tx, row);
        return { result: view(row), action: "mail.change", subject: "mail", facts: changedFields(body) };
      }),
    forget: (actor) =>
      changes.run<undefined>(actor, async (tx) => {
        if ((await readMailSettings(tx)) === null) return notSetUp();
        await deleteMailSettings(tx);
        return { result: undefined, action: "mail.forget", subject: "mail" };
      }),
    async test(_actor, to) {
      const text = "This is how mail from Perch arrives. Whoever did not ask for it can forget it.";
      const failed = await send({
        ...{ to: [to], subject: "Mail from Perch works", text, html: `<p>${text}</p>`, attachment: null },
      });
      return failed === null ? undefined : new Refusal("mail.failed", failed);
    },
    send,
  };
}
