import { onPath } from "./programs.ts";
import type { Progress } from "./progress.ts";
import { runProgram } from "./run-program.ts";

export const findChromium = (): string | undefined =>
  ["chromium", "chromium-browser", "google-chrome"].map((name) => onPath(name)).find((file) => file !== undefined);

/** Only tests want a browser. As root on Debian it is installed; else it is a sentence what to do. */
export const ensureChromium = async (progress: Progress): Promise<string> => {
  const found = findChromium();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && onPath("apt-get") !== undefined) {
    progress("installing Chromium with apt-get");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await runProgram("apt-get", ["update"], { env });
    const install = ["install", "-y", "--no-install-recommends", "chromium"];
    await runProgram("apt-get", install, { env });
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  throw new Error("The browser tests need Chromium: install it (on Debian: apt-get install chromium).");
};
