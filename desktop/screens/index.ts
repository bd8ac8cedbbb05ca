import { IconAddressBook, IconClipboardList, IconHome, IconPhone, IconTable } from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Role } from "../../contract/views.ts";
import { administrationDoors } from "./admin/doors.ts";

/** One screen: where it lives, who may open it, and where its door stands. */
export interface Screen {
  path: string;
  title: string;
  /** `rail`: its own door on the left. `administration`: in the list behind Administration. `none`: by address alone. */
  door: "rail" | "administration" | "none";
  /** Under which heading it stands in the list behind Administration. */
  group?: string;
  icon?: ComponentType<{ size?: number; stroke?: number }>;
  roles: readonly Role[];
  load: () => Promise<ComponentType>;
}

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
    roles: everybody,
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
  ...administrationDoors,
  {
    path: "/design",
    title: "Design",
    door: "none",
    roles: everybody,
    load: () => import("./design-screen.tsx").then((file) => file.DesignScreen),
  },
];
