import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import { type App, PROBLEM_TYPE } from "./app.ts";

/** A refusal on the wire (RFC 9457). */
const PROBLEM = {
  description: "No, and why",
  content: {
    [PROBLEM_TYPE]: {
      schema: {
        type: "object",
        required: ["type", "code", "title", "status"],
        properties: {
          type: { type: "string" },
          code: { type: "string", description: "Stable: programs may depend on it" },
          title: { type: "string", description: "A sentence for a person" },
          status: { type: "integer" },
        },
        additionalProperties: true,
      },
    },
  },
};

/** The document at `/openapi.json`, made of the routes' own schemas, and a page to read it at `/docs`. */
export async function serveDocumentation(app: App, options: { prefix: string; version: string }): Promise<void> {
  const { prefix, version } = options;
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Perch",
        version,
        description:
          "An open contact centre for agents on real phones. Every refusal is a problem document with a code.",
      },
      components: {
        securitySchemes: {
          bearer: { type: "http", scheme: "bearer" },
          cookie: { type: "apiKey", in: "cookie", name: "perch" },
        },
      },
      security: [{ bearer: [] }, { cookie: [] }],
    },
    transform: ({ schema, url, route }) => {
      const open = route.config?.may === "anyone";
      const response = { ...(schema?.response as object | undefined), default: PROBLEM };
      return { url, schema: { ...schema, response, ...(open ? { security: [] } : {}) } };
    },
  });
  await app.register(swaggerUi, {
    routePrefix: `${prefix}/docs`,
    uiConfig: { url: `${prefix}/openapi.json`, docExpansion: "none" },
  });
  app.get(`${prefix}/openapi.json`, { schema: { hide: true } }, async () => app.swagger());
}
