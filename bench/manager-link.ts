import { readFileSync } from "node:fs";
import path from "node:path";
import { Ami, type AmiOptions } from "../server/asterisk/ami.ts";
import { MANAGER_USER } from "../server/asterisk/names.ts";
import { systemClock } from "../server/clock.ts";
import { openLog } from "../server/log.ts";
import type { LoopbackAccess } from "../server/loopback-access.ts";
import { until } from "../test/until.ts";

/** A connection of our own to an Asterisk's manager, up when this settles. Whoever asked for it stops it. */
export async function managerLink(
  access: LoopbackAccess,
  options: Partial<Pick<AmiOptions, "onEvent" | "actionTimeoutMs" | "silenceMs">> = {},
): Promise<Ami> {
  let up = false;
  const ami = new Ami({
    host: "127.0.0.1",
    port: access.port,
    username: MANAGER_USER,
    secret: access.secret,
    clock: systemClock,
    log: openLog({ level: "silent" }),
    onEvent: () => {},
    ...options,
    onUp: () => {
      up = true;
    },
    onDown: () => {},
  });
  ami.start();
  await until("the manager is connected", () => up);
  return ami;
}

/** Milliseconds since 1970, finely: Asterisk stamps its events with the same clock of the machine. */
export const nowMs = () => performance.timeOrigin + performance.now();

/** A telephone that a queue begins to ring, by Asterisk's own word. */
interface Ring {
  endpoint: string;
  legId: string;
  /** As Asterisk stamped it, milliseconds since 1970. */
  atMs: number;
}

/** A second ear at the manager of the Asterisk of this home. Answers what ends it. */
export async function hearRings(home: string, onRing: (ring: Ring) => void): Promise<() => void> {
  const access: LoopbackAccess = JSON.parse(readFileSync(path.join(home, "secrets", "manager.json"), "utf8"));
  const ami = await managerLink(access, {
    onEvent({ Event, Interface = "", DestUniqueid: legId, Timestamp }) {
      if (Event !== "AgentCalled" || legId === undefined || Timestamp === undefined) return;
      onRing({ endpoint: Interface.replace("PJSIP/", ""), legId, atMs: Number(Timestamp) * 1000 });
    },
  });
  return () => ami.stop();
}
