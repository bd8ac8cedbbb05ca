import { parseArgs } from "node:util";
import { readConfig } from "../server/config.ts";
import { checkout } from "./checkout.ts";
import { ensureDesktop } from "./desktop-build.ts";
import { runInForeground } from "./foreground.ts";
import { loadPackagesJoined } from "./joined-packages.ts";
import { findEncoder, findSoundPrograms, locateAsterisk } from "./programs.ts";
import { createProgress } from "./progress.ts";

export const up = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: { "leave-voice": { type: "boolean", default: false } } });
  const config = readConfig(process.env, checkout);
  const progress = createProgress();
  return await runInForeground(config, progress, async () => {
    const { program, version, from } = await locateAsterisk(config.asterisk, progress);
    progress(`Asterisk ${version} (${from})`);
    await ensureDesktop(progress);
    await loadPackagesJoined();
    const { startPerch } = await import("../server/main.ts");
    const perch = await startPerch(
      { ...config, asteriskProgram: program, encoder: findEncoder(), sound: findSoundPrograms() },
      progress,
    );
    if (perch.firstAdminPassword !== undefined) {
      process.stdout.write(
        `\n  first person   admin\n  password       ${perch.firstAdminPassword}   (shown this once)\n`,
      );
    }
    process.stdout.write(`\n  Perch is at    ${perch.address}\n\n`);
    return { stop: () => perch.stop({ leaveVoice: values["leave-voice"] }) };
  });
};
