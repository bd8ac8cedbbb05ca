import type { ComponentType } from "react";
import type { Collection } from "../../model/api.ts";
import { CollectionPage } from "./collection-page.tsx";
import { DispositionsPage } from "./dispositions-page.tsx";
import type { Kind } from "./kind.ts";
import { agentKind } from "./kinds/agent-kind.tsx";
import { breakReasonKind } from "./kinds/break-reason-kind.tsx";
import { contactListKind } from "./kinds/contact-list-kind.tsx";
import { inboundRouteKind } from "./kinds/inbound-route-kind.tsx";
import { outboundRouteKind } from "./kinds/outbound-route-kind.tsx";
import { queueKind } from "./kinds/queue-kind.tsx";
import { telephoneKind } from "./kinds/telephone-kind.tsx";
import { trunkKind } from "./kinds/trunk-kind.tsx";
import { userKind } from "./kinds/user-kind.tsx";
import { SettingsPage } from "./settings-page.tsx";

export interface AdminPage {
  path: string;
  title: string;
  Page: ComponentType;
}

const pageOf = <C extends Collection>(kind: Kind<C>): AdminPage => ({
  path: kind.collection,
  title: kind.title,
  Page: () => <CollectionPage kind={kind} />,
});

/** What can be administered, as the list on the left shows it. */
export const sections: readonly { title: string; pages: readonly AdminPage[] }[] = [
  { title: "Staff", pages: [pageOf(userKind), pageOf(agentKind), pageOf(telephoneKind)] },
  {
    title: "Voice",
    pages: [
      pageOf(queueKind),
      pageOf(breakReasonKind),
      { path: "dispositions", title: "Dispositions", Page: DispositionsPage },
    ],
  },
  { title: "Routing", pages: [pageOf(trunkKind), pageOf(inboundRouteKind), pageOf(outboundRouteKind)] },
  { title: "Contacts", pages: [pageOf(contactListKind)] },
  { title: "House", pages: [{ path: "settings", title: "Settings", Page: SettingsPage }] },
];
