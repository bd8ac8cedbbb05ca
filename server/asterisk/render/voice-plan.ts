import { VOICE_SECRET_VARIABLE } from "../names.ts";
import type { AsteriskInstance } from "./instance.ts";

type Voice = AsteriskInstance["voice"];

/** What shows us that the call comes from here. As a variable and not in the address: what an application is called with stands in the journal. */
export const voiceSecret = ({ secret }: Voice): string => `Set(${VOICE_SECRET_VARIABLE}=${secret})`;

/** Hands the call over to that dialogue of ours, with what it is about: the call's own id, a subject, how a wait ended. */
export const ledByVoice = ({ port }: Voice, dialogue: string, about: readonly (string | number)[] = []): string =>
  `AGI(${[`agi://127.0.0.1:${port}/${dialogue}`, ...about].join(",")})`;
