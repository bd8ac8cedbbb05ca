import type { Problem } from "../contract/refusal.ts";

/** What came back. `body` is undefined where there was none. */
export interface Reply<Body = unknown> {
  status: number;
  type: string | null;
  headers: Headers;
  body: Body;
}

/** Asks one server as one person. */
export interface Client {
  readonly token: string | null;
  /** Any request, answered as it is. */
  ask<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply<Body>>;
  /** What has to go well; anything else throws with the refusal's words. */
  get<Body>(path: string): Promise<Body>;
  post<Body>(path: string, body: unknown): Promise<Body>;
  patch<Body>(path: string, body: unknown): Promise<Body>;
  put<Body>(path: string, body: unknown): Promise<Body>;
  remove(path: string): Promise<void>;
  /** What has to be refused; a yes throws. */
  refused(method: string, path: string, body?: unknown): Promise<Problem>;
}

/** Paths are relative to `/api/v1`. */
export function client(url: string, token: string | null = null): Client {
  async function ask<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<Body>> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const type = answer.headers.get("content-type");
    const read = text === "" ? undefined : type?.includes("json") ? JSON.parse(text) : text;
    return { status: answer.status, type, headers: answer.headers, body: read as Body };
  }
  async function well<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await ask<Body>(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
  return {
    token,
    ask,
    get: (path) => well("GET", path),
    post: (path, body) => well("POST", path, body),
    patch: (path, body) => well("PATCH", path, body),
    put: (path, body) => well("PUT", path, body),
    remove: (path) => well("DELETE", path),
    async refused(method, path, body) {
      const answer = await ask<Problem>(method, path, body);
      if (answer.status < 400) throw new Error(`${method} ${path} was not refused: ${JSON.stringify(answer.body)}`);
      if (answer.type?.startsWith("application/problem+json") !== true)
        throw new Error(`${method} ${path}: a refusal as ${answer.type}`);
      return answer.body;
    },
  };
}
