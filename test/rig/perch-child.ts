import { type StartConfig, startPerch } from "../../server/main.ts";
import { type Detour, takeDetour } from "./detour.ts";

/** Perch in a process of its own, as `perch-process.ts` asks for it. */
process.once("message", async ({ config, detour }: { config: StartConfig; detour: Detour | null }) => {
  if (detour !== null) takeDetour(detour);
  const perch = await startPerch(config, () => {});
  process.on("message", async (options: { leaveVoice: boolean }) => {
    await perch.stop(options);
    process.exit(0);
  });
  process.send?.({ address: perch.address });
});
process.once("disconnect", () => process.exit(1));
