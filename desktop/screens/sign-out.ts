import { api, live, queries } from "./desk.ts";

/** The query that holds who is signed in; null where nobody is. */
export const ME = ["me"];

/** Ends this browser's sign-in on the server, and shows the way in again. */
export async function signOut(): Promise<void> {
  await api.signOut();
  forgetMe();
}

/** Forgets everything that was shown to whoever sat here. */
export function forgetMe(): void {
  live.stop();
  queries.clear();
  queries.setQueryData(ME, null);
}
