import { api, live, queries } from "./desk.ts";

/** The query that holds who is signed in; null where nobody is. */
export const ME = ["me"];

/** Ends this browser's sign-in on the server, and shows the way in again. */
export async function signOut(): Promise<void> {
  await api.signOut();
  forgetMe();
}

/** Why somebody was signed out who did not ask for it, in words; not there where he did. */
export const SIGNED_OUT_WHY = ["signed-out-why"];

/** Forgets everything that was shown to whoever sat here, and tells the next one `why` where nobody here wanted it. */
export function forgetMe(why: string | null = null): void {
  live.stop();
  // Who is signed in stays, and is told to be nobody: what is removed is told to no one who shows it.
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== ME[0] });
  queries.setQueryData(SIGNED_OUT_WHY, why);
  queries.setQueryData(ME, null);
}
