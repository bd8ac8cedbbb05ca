import type { Settings, SettingsPatch } from "../../contract/settings.ts";
import type { Database } from "../db/pool.ts";
import type { News } from "../hub.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "./change-service.ts";
import type { Actor } from "./permission.ts";
import { checkSettings, settingsFrom } from "./setting.ts";
import { lockSettings, readSettings, writeSetting } from "./setting-store.ts";
import { findInternal } from "./staff-store.ts";

export interface SettingService {
  /** What is in force, without asking the database: the defaults until `load` has run. */
  current(): Settings;
  load(): Promise<void>;
  change(actor: Actor, patch: SettingsPatch): Promise<Settings | Refusal>;
  /** Told after a change was committed; the answer ends it. */
  onChange(listener: (now: Settings, before: Settings) => void): () => void;
}

/** What the telephone system has to know. */
const DIALLED: readonly (keyof Settings)[] = [
  "country",
  "timeZone",
  "promptLanguage",
  "emergencyNumbers",
  "idleTelephonesMayCall",
  "transferCodes",
  "askedRingSeconds",
];

/** The settings of the house. */
export function createSettingService(deps: {
  db: Database;
  changes: ChangeService;
  isCountry: (code: string) => boolean;
}): SettingService {
  const { db, changes } = deps;
  const listeners = new Set<(now: Settings, before: Settings) => void>();
  let settings = settingsFrom({});
  return {
    current: () => settings,
    async load() {
      settings = settingsFrom(await readSettings(db));
    },
    async change(actor, patch) {
      const refused = checkSettings(patch, deps.isCountry);
      if (refused !== null) return refused;
      const now = await changes.run<Settings>(actor, async (tx) => {
        await lockSettings(tx);
        const taken = await findInternal(tx, patch.emergencyNumbers ?? []);
        if (taken !== null) {
          return new Refusal("staff.internal-taken", `${taken.number} is the internal number of ${taken.name}.`, {
            field: "emergencyNumbers",
          });
        }
        for (const [key, value] of Object.entries(patch)) await writeSetting(tx, key, value);
        const result = settingsFrom(await readSettings(tx));
        const news: News[] = DIALLED.some((key) => key in patch) ? [{ type: "configuration.changed" }] : [];
        return { result, action: "settings.change", subject: "settings", facts: { ...patch }, news };
      });
      if (now instanceof Refusal) return now;
      const before = settings;
      settings = now;
      for (const listener of listeners) listener(now, before);
      return now;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
