import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "./checkout.ts";
import { claimWhenFree } from "./claim-when-free.ts";
import type { Progress } from "./progress.ts";
import { runProgram } from "./run-program.ts";

const built = join(checkout, "desktop", "dist", "index.html");

const newestMs = (path: string): number => {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  const inside = readdirSync(path).filter((name) => name !== "dist");
  return Math.max(entry.mtimeMs, ...inside.map((name) => newestMs(join(path, name))));
};

const isCurrent = (): boolean =>
  existsSync(built) &&
  statSync(built).mtimeMs >=
    Math.max(...["desktop", "contract", "package-lock.json"].map((name) => newestMs(join(checkout, name))));

/** Builds the desktop when its sources are newer than what was built last. */
export const ensureDesktop = async (progress: Progress): Promise<void> => {
  if (isCurrent()) return;
  const claim = await claimWhenFree("desktop-build", progress);
  try {
    if (isCurrent()) return;
    progress("building the desktop");
    const vite = join(checkout, "node_modules", "vite", "bin", "vite.js");
    await runProgram(process.execPath, [vite, "build", "desktop", "--logLevel", "warn"], {
      cwd: checkout,
      // A test runner sets another, and React would then be built for developers, with the paths of their files.
      env: { ...process.env, NODE_ENV: "production" },
    });
  } finally {
    claim.release();
  }
};
