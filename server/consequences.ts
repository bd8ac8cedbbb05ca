import type { ContactService } from "./contacts/contact-service.ts";
import type { Hub } from "./hub.ts";
import type { Log } from "./log.ts";
import type { ReconcileService } from "./reconcile/reconcile-service.ts";
import type { SettingService } from "./staff/setting-service.ts";
import type { TelephonyEvent } from "./telephony.ts";
import type { TelephonyConfigService } from "./telephony-config-service.ts";

/** What follows from what, among services that do not know each other. */
export interface Consequences {
  start(): void;
  stop(): void;
  /** An event of the telephone system. */
  heard(event: TelephonyEvent): void;
}

/** `hear` passes an event on to those who follow what goes on; it comes first. */
export function createConsequences(deps: {
  hub: Hub;
  log: Log;
  settings: SettingService;
  contacts: ContactService;
  telephonyConfig: TelephonyConfigService;
  reconcile: ReconcileService;
  hear(event: TelephonyEvent): void;
}): Consequences {
  const { hub, log, settings, contacts, telephonyConfig, reconcile } = deps;
  let unhook: (() => void)[] = [];
  return {
    start() {
      unhook = [
        telephonyConfig.onApplied(reconcile.changed),
        settings.onChange((now, before) => {
          if (now.country === before.country) return;
          contacts.recanonicalise().catch((err: unknown) => log.error({ err }, "numbers could not be read anew"));
        }),
      ];
    },
    stop() {
      for (const stop of unhook) stop();
    },
    /** At a new link the queues must stand before their members can be put right. */
    heard(event) {
      deps.hear(event);
      if (event.type === "link.up" || event.type === "link.down") hub.publish({ type: "telephony.changed" });
      if (event.type !== "link.up") return;
      // What it does is read while it is told what it should be: the round waits for both.
      void telephonyConfig.apply();
      reconcile.linked();
    },
  };
}
