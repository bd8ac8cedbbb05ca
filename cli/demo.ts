import { join } from "node:path";
import { readConfig } from "../server/config.ts";
import { checkout } from "./checkout.ts";
import { ensureDesktop } from "./desktop-build.ts";
import { runInForeground } from "./foreground.ts";
import { loadPackagesJoined } from "./joined-packages.ts";
import { ensurePrograms, findEncoder, findSoundPrograms, locateAsterisk } from "./programs.ts";
import { createProgress } from "./progress.ts";

/** The furniture goes into a home of its own, unless one is named: it has no business among real data. */
export const demoHome = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  env.PERCH_HOME === undefined || env.PERCH_HOME === "" ? { ...env, PERCH_HOME: join(checkout, ".perch-demo") } : env;

export const demo = async (): Promise<number> => {
  const config = readConfig(demoHome(process.env), checkout);
  const progress = createProgress();
  return await runInForeground(config, progress, async () => {
    await ensurePrograms(progress);
    const { program } = await locateAsterisk(config.asterisk, progress);
    await ensureDesktop(progress);
    await loadPackagesJoined();
    const { runDemo } = await import("../demo/main.ts");
    return await runDemo(
      { ...config, asteriskProgram: program, encoder: findEncoder(), sound: findSoundPrograms() },
      progress,
    );
  });
};
