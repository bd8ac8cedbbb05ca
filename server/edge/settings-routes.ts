import { Settings, SettingsPatch } from "../../contract/settings.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";

/** The settings of the house. */
export function settingsRoutes(app: App, services: Services): void {
  const tags = ["settings"];
  app.get(
    "/settings",
    { config: { may: "basics.read" }, schema: { tags, summary: "Read the settings", response: { 200: Settings } } },
    async (_request, reply) => send(reply, services.settings.current()),
  );
  app.patch(
    "/settings",
    {
      config: { may: "settings.change" },
      schema: { tags, summary: "Change some settings", body: SettingsPatch, response: { 200: Settings } },
    },
    async (request, reply) => send(reply, await services.settings.change(request.actor, request.body)),
  );
}
