import type { Problem } from "../contract/refusal.ts";

/** A program's view of the API: a bearer token and five verbs. Throws with the refusal's sentence. */
export interface Api {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  patch<T>(path: string, body: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  remove(path: string): Promise<void>;
  readonly token: string;
}

class ApiRefusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.title}`);
    this.problem = problem;
  }
}

/** Signs in at `address` (scheme, host and port). A request is given up after 15 s. */
export async function signIn(address: string, username: string, password: string): Promise<Api> {
  const call = async (method: string, path: string, body: unknown, token: string): Promise<unknown> => {
    const response = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await response.text();
    const answer: unknown = text === "" ? null : JSON.parse(text);
    if (!response.ok) throw new ApiRefusal(answer as Problem);
    return answer;
  };
  const { token } = (await call("POST", "/sign-in", { username, password }, "")) as { token: string };
  return {
    token,
    get: async <T>(path: string) => (await call("GET", path, undefined, token)) as T,
    post: async <T>(path: string, body?: unknown) => (await call("POST", path, body ?? {}, token)) as T,
    patch: async <T>(path: string, body: unknown) => (await call("PATCH", path, body, token)) as T,
    put: async <T>(path: string, body: unknown) => (await call("PUT", path, body, token)) as T,
    remove: async (path) => {
      await call("DELETE", path, undefined, token);
    },
  };
}
