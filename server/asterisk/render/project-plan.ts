import { PROJECT_DIALOGUE, PROJECT_VARIABLE, VOICE_DONE_VARIABLE, VOICE_SECRET_VARIABLE } from "../names.ts";
import { goIf, isNotText, type Step } from "./dial-plan.ts";
import type { AsteriskInstance } from "./instance.ts";

/**
 * A caller goes through an IVR project, which is led by us. Where we are not there, or fail, the steps that follow these
 * have their turn: the route's next action is what the caller falls back to. `label` names steps of this extension;
 * every use in one extension has one of its own.
 */
export function projectSteps({ voice }: AsteriskInstance, projectId: number, label: string): Step[] {
  return [
    `Set(${VOICE_DONE_VARIABLE}=)`,
    `Set(${PROJECT_VARIABLE}=${Math.trunc(projectId)})`,
    // As a variable and not in the address: what an application is called with stands in the journal.
    `Set(${VOICE_SECRET_VARIABLE}=${voice.secret})`,
    `AGI(agi://127.0.0.1:${voice.port}/${PROJECT_DIALOGUE})`,
    goIf(isNotText(VOICE_DONE_VARIABLE, "yes"), label),
    "Hangup(16)",
    { label, step: `Set(${VOICE_SECRET_VARIABLE}=)` },
  ];
}
