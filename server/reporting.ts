import { createBalanceService } from "./balance/balance-service.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./db/pool.ts";
import { createDeliveryService } from "./deliveries/delivery-service.ts";
import type { JournalLanguage } from "./journal.ts";
import type { Log } from "./log.ts";
import { createMailService } from "./mail/mail-service.ts";
import { type Part, part } from "./part.ts";
import type { AlarmService } from "./reconcile/alarm-service.ts";
import { createReportShelfService } from "./report-shelf/report-shelf-service.ts";
import { createHistories } from "./reports/histories.ts";
import { createCallGroups } from "./reports/report-call-groups.ts";
import { createReportCalls } from "./reports/report-calls.ts";
import { createReportSources } from "./reports/report-sources.ts";
import { createReports } from "./reports/reports.ts";
import type { Services } from "./services.ts";
import type { ChangeService } from "./staff/change-service.ts";
import type { SecretBox } from "./staff/secret-box.ts";
import type { SettingService } from "./staff/setting-service.ts";

interface Reporting {
  services: Pick<
    Services,
    "reportCalls" | "callGroups" | "reports" | "reportShelf" | "deliveries" | "mail" | "histories" | "balance"
  >;
  parts: Part[];
}

/** All that tells what was, to those who read it on a screen, in a file or by mail. */
export function createReporting(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  language: JournalLanguage;
  changes: ChangeService;
  secrets: SecretBox;
  settings: SettingService;
  alarms: AlarmService;
}): Reporting {
  const { db, changes, secrets, alarms } = deps;
  const reportCalls = createReportCalls(deps);
  const reports = createReports(deps);
  const callGroups = createCallGroups(deps);
  const sources = createReportSources({ reports, reportCalls, callGroups });
  const mail = createMailService({ db, changes, secrets });
  const deliveries = createDeliveryService({ ...deps, sources, send: mail.send, alarm: alarms.raise });
  const balance = createBalanceService(deps);
  return {
    services: {
      reportCalls,
      callGroups,
      reports,
      reportShelf: createReportShelfService({ db, changes, known: sources.known }),
      deliveries,
      mail,
      histories: createHistories(deps),
      balance,
    },
    parts: [part("deliveries of reports", deliveries), part("books", balance)],
  };
}
