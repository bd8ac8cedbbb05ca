import type { WebOutcome, WebRequests, WebWish } from "../ivr/web-requests.ts";
import type { HeaderValue } from "./header-text.ts";
import type { HouseSecretService } from "./house-secret-service.ts";

/** A request whose headers may hold secrets, by their names. */
export interface SecretWish extends Omit<WebWish, "headers" | "inside"> {
  headers: readonly (readonly [name: string, value: HeaderValue])[];
}

/** Requests that projects make, with secrets put in where they are sent and nowhere before. */
export interface SecretRequests {
  /** Never rejects for what the other computer does. */
  send(wish: SecretWish, gone: AbortSignal): Promise<WebOutcome>;
}

/** Builds them. A secret goes unencrypted to addresses of the house's own network alone. */
export function createSecretRequests(deps: {
  web: WebRequests;
  secrets: Pick<HouseSecretService, "openHeader">;
}): SecretRequests {
  const { web, secrets } = deps;
  return {
    async send(wish, gone) {
      const url = URL.parse(wish.url);
      const headers: [string, string][] = [];
      let secret = false;
      for (const [name, parts] of wish.headers) {
        let value = "";
        for (const part of parts) {
          if (typeof part === "string") value += part;
          else {
            const opened = await secrets.openHeader(part.secret, url?.hostname ?? "");
            if ("failed" in opened) return opened;
            value += opened.secret;
            secret = true;
          }
        }
        headers.push([name, value]);
      }
      return web.send({ ...wish, headers, inside: secret && url?.protocol === "http:" }, gone);
    },
  };
}
