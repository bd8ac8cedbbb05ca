import type { ComponentType } from "react";
import type { Collection } from "../../model/api.ts";
import { EmptyState } from "../../ui/blank.tsx";
import { CollectionPage } from "./collection-page.tsx";
import { DispositionsPage } from "./dispositions-page.tsx";
import type { Kind } from "./kind.ts";
import { agentKind } from "./kinds/agent-kind.tsx";
import { breakReasonKind } from "./kinds/break-reason-kind.tsx";
import { calendarKind } from "./kinds/calendar-kind.tsx";
import { callLimitKind } from "./kinds/call-limit-kind.tsx";
import { contactListKind } from "./kinds/contact-list-kind.tsx";
import { dataQueryKind } from "./kinds/data-query-kind.tsx";
import { inboundRouteKind } from "./kinds/inbound-route-kind.tsx";
import { outboundRouteKind } from "./kinds/outbound-route-kind.tsx";
import { promptKind } from "./kinds/prompt-kind.tsx";
import { queueKind } from "./kinds/queue-kind.tsx";
import { secretKind } from "./kinds/secret-kind.tsx";
import { teamKind } from "./kinds/team-kind.tsx";
import { telephoneKind } from "./kinds/telephone-kind.tsx";
import { trunkKind } from "./kinds/trunk-kind.tsx";
import { userKind } from "./kinds/user-kind.tsx";
import { MailPage } from "./mail-page.tsx";
import { SettingsPage } from "./settings-page.tsx";
import { SmsPage } from "./sms-page.tsx";

const collection = <C extends Collection>(kind: Kind<C>): [string, ComponentType] => [
  kind.collection,
  () => <CollectionPage key={kind.collection} kind={kind} />,
];

const pages: ReadonlyMap<string, ComponentType> = new Map([
  collection(userKind),
  collection(agentKind),
  collection(teamKind),
  collection(telephoneKind),
  collection(queueKind),
  collection(breakReasonKind),
  ["dispositions", DispositionsPage],
  collection(promptKind),
  collection(trunkKind),
  collection(inboundRouteKind),
  collection(calendarKind),
  collection(outboundRouteKind),
  collection(callLimitKind),
  collection(contactListKind),
  ["settings", SettingsPage],
  ["mail", MailPage],
  collection(secretKind),
  collection(dataQueryKind),
  ["sms", SmsPage],
]);

/** The page of that name. A name without a page says so, which only a mistake in `doors.ts` can bring about. */
export function pageOf(name: string): ComponentType {
  return pages.get(name) ?? (() => <EmptyState title={`The administration has no page ${name}`} />);
}
