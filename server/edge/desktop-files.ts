import { existsSync } from "node:fs";
import { join } from "node:path";
import staticFiles from "@fastify/static";
import { Refusal } from "../refusal.ts";
import { type App, send } from "./app.ts";

/** A year: the name of such a file changes with its content. */
const FOREVER = "public, max-age=31536000, immutable";

/** The built desktop. Every address that is not a file or the API's is a screen of it, so it gets the page. */
export async function serveDesktop(app: App, options: { folder: string | null; api: string }): Promise<void> {
  const { folder, api } = options;
  const built = folder !== null && existsSync(join(folder, "index.html"));
  if (built) {
    await app.register(staticFiles, {
      root: folder,
      cacheControl: false,
      setHeaders(reply, path) {
        reply.header("cache-control", path.startsWith(join(folder, "assets")) ? FOREVER : "no-cache");
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const { pathname } = new URL(request.url, "http://perch");
    const screen = !pathname.startsWith(`${api}/`) && pathname !== api && !/\.[a-z0-9]+$/i.test(pathname);
    if (built && request.method === "GET" && screen) return reply.sendFile("index.html");
    const title = built || pathname.startsWith(api) ? "There is nothing at this address." : "The desktop is not built.";
    return send(reply, new Refusal("not-found", title));
  });
}
