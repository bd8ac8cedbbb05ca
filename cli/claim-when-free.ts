import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { claimPidFile } from "../server/process-identity.ts";
import { toolsFolder } from "./checkout.ts";
import type { Progress } from "./progress.ts";

/** Waits until no other process of this checkout does the same work; the claim ends with release or with the process. */
export const claimWhenFree = async (work: string, progress: Progress): Promise<{ release(): void }> => {
  mkdirSync(toolsFolder, { recursive: true });
  for (let told = false; ; told = true) {
    const claim = claimPidFile(join(toolsFolder, `${work}.pid`));
    if ("release" in claim) return claim;
    if (!told) progress(`waiting for process ${claim.heldBy.pid}, which is at ${work}`);
    await delay(250);
  }
};
