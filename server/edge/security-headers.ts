import helmet from "@fastify/helmet";
import type { App } from "./app.ts";

/**
 * What a browser may do on our pages: run our own scripts, no others. Styles may stand in the page, because the
 * components set theirs there. Whether TLS is a must is for the proxy in front to say: on a plain address the
 * desktop has to load.
 */
export function securityHeaders(app: App): void {
  app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: "no-referrer" },
    xFrameOptions: { action: "deny" },
  });
}
