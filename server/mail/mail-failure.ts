/** What kept a message from being sent, in words. What the server said is cut, and never holds what we said to it. */
export function mailFailure(error: unknown, { host, port }: { host: string; port: number }): string {
  const code = fieldOf(error, "code");
  const said = fieldOf(error, "response");
  const words = WORDS[code];
  const server = `${host}:${port}`;
  const answer = said === "" ? "" : ` It says: ${said.replaceAll(/\s+/g, " ").slice(0, 200)}`;
  return `The mail server ${server} ${words ?? "did not take the mail"}.${answer}`;
}

const WORDS: Record<string, string> = {
  ECONNECTION: "cannot be reached",
  ECONNREFUSED: "cannot be reached",
  ESOCKET: "cannot be reached, or its certificate is not trusted",
  EDNS: "is not known by that name",
  ENOTFOUND: "is not known by that name",
  ETIMEDOUT: "does not answer",
  ETLS: "offers no encryption",
  EAUTH: "does not take the username and password",
  EENVELOPE: "does not take these addresses",
  EMESSAGE: "does not take the message",
};

function fieldOf(error: unknown, name: "code" | "response"): string {
  const value: unknown = typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === "string" ? value : "";
}
