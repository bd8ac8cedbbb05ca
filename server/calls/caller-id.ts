/** The name in `Name <number>`; empty where there is only a number. */
export function nameOf(callerId: string): string {
  const at = callerId.lastIndexOf(" <");
  return at < 0 ? "" : callerId.slice(0, at);
}
