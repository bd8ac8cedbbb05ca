import type { Log } from "../log.ts";
import type { Ami } from "./ami.ts";
import { remoteDevice } from "./names.ts";

/** Where Asterisk keeps the states that the dial plan sets, also over its restarts. */
const FAMILY = "CustomDevstate";
const NO_ENTRY = /not found/i;

/**
 * The agents whose lines count as in use. The dial plan says when a line is free again, unless Asterisk was killed in
 * the middle of a call: the state is kept, and no queue would ring there any more. Throws while it cannot be read.
 */
export async function readRemoteInUse(ami: Pick<Ami, "list">): Promise<string[]> {
  const list = await ami.list("DBGetTree", { Family: FAMILY });
  if (!list.ok) {
    if (NO_ENTRY.test(list.why)) return [];
    throw new Error(`the states of remote lines cannot be read: ${list.why}`);
  }
  return list.items.flatMap(({ Key = "", Val = "" }) => {
    const agentId = /^\/CustomDevstate\/perch-remote-([1-9][0-9]{0,14})$/.exec(Key)?.[1];
    return agentId === undefined || Val === "NOT_INUSE" ? [] : [agentId];
  });
}

/** Says of lines without a call that they are free. What is not taken is said again at the next reading. */
export async function freeRemote(ami: Pick<Ami, "action">, agentIds: readonly string[], log: Log): Promise<void> {
  for (const agentId of agentIds) {
    const Variable = `DEVICE_STATE(${remoteDevice(agentId)})`;
    const answer = await ami.action("Setvar", { Variable, Value: "NOT_INUSE" });
    if (answer.ok) log.warn({ agentId }, "a remote line counted as in use without a call");
    else log.warn({ agentId, why: answer.why }, "a remote line that counts as in use could not be freed");
  }
}
