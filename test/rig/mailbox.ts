import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

/** A message as a mail server takes it: to whom, and the text of it with all its parts. */
export interface Letter {
  to: string[];
  body: string;
}

/** A real mail server on a loopback port. It refuses the next letters where `refuse` says how many. */
export interface Mailbox {
  port: number;
  letters: Letter[];
  refuse(times: number): void;
  stop(): Promise<void>;
}

/** Takes mail, with a password where one is given. Without TLS, as nobody but this machine reads along. */
export async function startMailbox(user?: { username: string; password: string }): Promise<Mailbox> {
  const letters: Letter[] = [];
  let refusals = 0;
  const server = new SMTPServer({
    authOptional: user === undefined,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onAuth({ username, password }, _session, done) {
      const known = user !== undefined && username === user.username && password === user.password;
      done(known ? null : new Error("no such user"), { user: username });
    },
    onData(stream, session, done) {
      void text(stream).then((body) => {
        if (refusals > 0) {
          refusals -= 1;
          done(Object.assign(new Error("the disk is full"), { responseCode: 452 }));
          return;
        }
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), body });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    letters,
    refuse: (times) => {
      refusals = times;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
