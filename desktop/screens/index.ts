import {
  IconAddressBook,
  IconChartBar,
  IconClipboardList,
  IconHome,
  IconInbox,
  IconMicrophone,
  IconPhone,
  IconScale,
  IconTable,
  IconTimeline,
} from "@tabler/icons-react";
import type { Role } from "../../contract/views.ts";
import { administrationDoors } from "./admin/doors.ts";
import type { Screen } from "./screen.ts";

const everybody: readonly Role[] = ["agent", "supervisor", "admin"];

/** The screens, in the order of their doors. To add one: write its file, add it here. */
export const screens: readonly Screen[] = [
  {
    path: "/",
    title: "Home",
    door: "rail",
    icon: IconHome,
    roles: everybody,
    load: () => import("./home-screen.tsx").then((file) => file.HomeScreen),
  },
  {
    path: "/voice-calls",
    title: "Voice Calls",
    door: "rail",
    icon: IconPhone,
    roles: ["agent"],
    load: () => import("./voice-calls-screen.tsx").then((file) => file.VoiceCallsScreen),
  },
  {
    path: "/to-dispose",
    title: "To dispose",
    door: "rail",
    icon: IconClipboardList,
    roles: ["agent"],
    load: () => import("./to-dispose-screen.tsx").then((file) => file.ToDisposeScreen),
  },
  {
    path: "/items",
    title: "Items",
    door: "rail",
    icon: IconInbox,
    roles: everybody,
    load: () => import("./items/items-screen.tsx").then((file) => file.ItemsScreen),
  },
  {
    path: "/contacts",
    title: "Contacts",
    door: "rail",
    icon: IconAddressBook,
    roles: everybody,
    load: () => import("./contacts-screen.tsx").then((file) => file.ContactsScreen),
  },
  {
    path: "/report-call",
    title: "Report Call",
    door: "rail",
    icon: IconTable,
    roles: ["supervisor", "admin"],
    load: () => import("./report/report-screen.tsx").then((file) => file.ReportScreen),
  },
  {
    path: "/recordings",
    title: "Recordings",
    door: "rail",
    icon: IconMicrophone,
    roles: ["supervisor", "admin"],
    load: () => import("./recordings/recordings-screen.tsx").then((file) => file.RecordingsScreen),
  },
  {
    path: "/reports",
    title: "Reports",
    door: "rail",
    icon: IconChartBar,
    roles: everybody,
    load: () => import("./reports/reports-screen.tsx").then((file) => file.ReportsScreen),
  },
  {
    path: "/days",
    title: "Days",
    door: "rail",
    icon: IconTimeline,
    roles: everybody,
    load: () => import("./days/days-screen.tsx").then((file) => file.DaysScreen),
  },
  {
    path: "/telephone-days",
    title: "Telephone days",
    door: "none",
    roles: ["supervisor", "admin"],
    load: () => import("./days/telephone-days-screen.tsx").then((file) => file.TelephoneDaysScreen),
  },
  {
    path: "/balance",
    title: "Balance",
    door: "rail",
    icon: IconScale,
    roles: ["supervisor", "admin"],
    load: () => import("./balance/balance-screen.tsx").then((file) => file.BalanceScreen),
  },
  ...administrationDoors,
  {
    path: "/project",
    title: "IVR project",
    door: "none",
    roles: ["supervisor", "admin"],
    load: () => import("./projects/project-screen.tsx").then((file) => file.ProjectScreen),
  },
  {
    path: "/design",
    title: "Design",
    door: "none",
    roles: everybody,
    load: () => import("./design-screen.tsx").then((file) => file.DesignScreen),
  },
];
