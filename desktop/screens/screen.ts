import type { ComponentType } from "react";
import type { Role } from "../../contract/views.ts";

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
