import type { IncomingHttpHeaders } from "node:http";

export const COOKIE = "perch";

export interface Credentials {
  token: string;
  /** A browser sends its cookie by itself, also when another site makes it ask. */
  from: "cookie" | "bearer";
}

/** 32 bytes as base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The token of a request: of its `Authorization: Bearer`, else of the cookie. Null: none that could be ours. */
export function readCredentials(headers: IncomingHttpHeaders): Credentials | null {
  const [, bearer] = /^Bearer (.+)$/i.exec(headers.authorization ?? "") ?? [];
  if (bearer !== undefined) return TOKEN.test(bearer) ? { token: bearer, from: "bearer" } : null;
  for (const part of (headers.cookie ?? "").split(";")) {
    const [name, value = ""] = part.trim().split("=", 2);
    if (name === COOKIE && TOKEN.test(value)) return { token: value, from: "cookie" };
  }
  return null;
}

/**
 * Whether another site's page made a browser ask. Its Origin is another host than the one that was asked; without an
 * Origin, what the browser says of the site (Fetch Metadata) decides. With neither it is no browser but a program with
 * a cookie jar: browsers name the Origin of everything that changes something, and of each WebSocket (RFC 6454, 7.3).
 */
export function isForeignOrigin(headers: IncomingHttpHeaders): boolean {
  return (headers.origin !== undefined || headers["sec-fetch-site"] !== undefined) && !isSameOrigin(headers);
}

function isSameOrigin(headers: IncomingHttpHeaders): boolean {
  if (headers.origin !== undefined) {
    try {
      return new URL(headers.origin).host === headers.host;
    } catch {
      return false;
    }
  }
  return headers["sec-fetch-site"] === "same-origin";
}
