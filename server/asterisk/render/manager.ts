import { TEST_CALL_PREFIX } from "../names.ts";
import { type ConfigFile, confFile, confName, section } from "./conf.ts";
import type { AsteriskInstance } from "./instance.ts";

/** The events the adapter reads. Naming them keeps out all others: with everything on, one call is 86 events. */
const WANTED_EVENTS: readonly string[] = [
  "FullyBooted",
  "ContactStatus",
  "Newchannel",
  "Newstate",
  "DialBegin",
  "DialEnd",
  "AgentCalled",
  "Hold",
  "Unhold",
  "UserEvent",
  "Hangup",
  "QueueCallerJoin",
  "QueueCallerLeave",
];

/** One user, for Perch, on loopback only. */
export function renderManager({ manager }: AsteriskInstance): ConfigFile {
  return confFile("manager.conf", [
    section("general", [
      ["enabled", "yes"],
      ["webenabled", "no"],
      ["bindaddr", "127.0.0.1"],
      ["port", manager.port],
      ["displayconnects", "no"],
      ["timestampevents", "yes"],
      // A peer that does not sign in within so many seconds, or more of them than this, is sent away.
      ["authtimeout", 5],
      ["authlimit", 20],
    ]),
    section(confName(manager.username), [
      ["secret", manager.secret],
      ["deny", "0.0.0.0/0.0.0.0"],
      ["permit", "127.0.0.1/255.255.255.255"],
      ["read", "system,call,agent,dtmf,user"],
      ["write", "system,call,agent,reporting,originate"],
      ["writetimeout", 5000],
      ...WANTED_EVENTS.map((name) => [`eventfilter(action(include),name(${name}))`, ""] as const),
      // Keys are nobody's business (a PIN may be among them), but for those asked for when a telephone is tried out.
      // No event has an empty line in it, unless somebody wrote one into a number (pjsip.ts): then it holds others.
      ["eventfilter(action(exclude),method(regex))", "[[:cntrl:]]{3}[^[:cntrl:]]"],
      ["eventfilter(action(include),name(DTMFEnd),header(Uniqueid),method(starts_with))", TEST_CALL_PREFIX],
    ]),
  ]);
}
