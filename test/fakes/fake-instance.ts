import { join } from "node:path";
import type { AsteriskInstance } from "../../server/asterisk/render/instance.ts";
import type { FakeAsterisk } from "./fake-asterisk.ts";

/** What a call that is handed over carries. */
export const FAKE_VOICE_SECRET = "fake-voice-secret";

/** What `createAsteriskTelephony` needs to talk to the fake; configuration files go into the home. */
export function fakeInstance(fake: FakeAsterisk, home: string): AsteriskInstance {
  const inHome = (name: string) => join(home, "asterisk", name);
  return {
    node: "fake",
    directories: {
      etc: inHome("etc"),
      log: inHome("log"),
      spool: inHome("spool"),
      var: inHome("var"),
      run: inHome("run"),
      modules: inHome("modules"),
      data: inHome("data"),
    },
    sip: { listen: "127.0.0.1", port: 5060 },
    tls: null,
    rtp: { first: 20_000, last: 24_000 },
    manager: { port: fake.port, username: fake.username, secret: fake.secret },
    voice: { port: 0, secret: FAKE_VOICE_SECRET },
  };
}
