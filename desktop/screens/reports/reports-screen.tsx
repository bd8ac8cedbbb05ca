import { Select } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Fragment } from "react";
import type { ReportAsked, ReportDescription } from "../../../contract/views.ts";
import { askedFromAddress } from "../../model/report-address.ts";
import { ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { useDesk } from "../desk.ts";
import { DeliveriesPage } from "./deliveries-page.tsx";
import { ReportPage } from "./report-page.tsx";
import { useReports } from "./use-reports.ts";
import "./reports.css";

const GROUPS: Record<ReportDescription["group"], string> = {
  queues: "Queues",
  agents: "Agents",
  telephones: "Telephones",
  calls: "Calls",
  callers: "Callers",
};
const MAIL = "by-mail";

/** The reports by their groups, and the one that is open. Which one, and what it is asked, stands in the address. */
export function ReportsScreen() {
  const { me } = useDesk();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const list = useReports();
  const reports = list.data?.rows;
  if (reports === undefined) {
    return list.error ? (
      <ErrorState error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <LoadingRows rows={12} />
    );
  }
  const mails = me.role !== "agent";
  const report = reports.find(({ name }) => name === search.report) ?? reports[0];
  const byMail = mails && search.report === MAIL;
  const here = byMail ? MAIL : (report?.name ?? "");
  const open = (name: string) => void navigate({ to: "/reports", search: { report: name, ...kept(search) } });
  const ask = (asked: ReportAsked) =>
    void navigate({ to: "/reports", search: { ...(report ? { report: report.name } : {}), ...asked }, replace: true });
  const names = [
    ...reports.map(({ name, title, group }) => ({ name, title, group: GROUPS[group] })),
    ...(mails ? [{ name: MAIL, title: "Sent by mail", group: "Mail" }] : []),
  ];
  return (
    <div className="reports">
      <nav className="reports-list" aria-label="Reports">
        {names.map(({ name, title, group }, at) => (
          <Fragment key={name}>
            {group === names[at - 1]?.group ? null : <p className="label reports-group">{group}</p>}
            <Link
              to="/reports"
              search={{ report: name, ...kept(search) }}
              className="reports-link"
              aria-current={name === here ? "page" : undefined}
            >
              {title}
            </Link>
          </Fragment>
        ))}
      </nav>
      <div className="reports-pick">
        <Select
          aria-label="Report"
          data={[...Map.groupBy(names, (one) => one.group)].map(([group, some]) => ({
            group,
            items: some.map(({ name, title }) => ({ value: name, label: title })),
          }))}
          value={here}
          onChange={(name) => name !== null && open(name)}
        />
      </div>
      {byMail ? (
        <DeliveriesPage reports={reports} />
      ) : report === undefined ? null : (
        <ReportPage
          key={report.name}
          report={report}
          reports={reports}
          asked={askedFromAddress(search, report)}
          onAsk={ask}
        />
      )}
    </div>
  );
}

/** The time one looks at goes along from report to report; filters are each report's own. */
function kept(search: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    ["period", "from", "to"].flatMap((key) => {
      const value = search[key];
      return typeof value === "string" ? [[key, value]] : [];
    }),
  );
}
