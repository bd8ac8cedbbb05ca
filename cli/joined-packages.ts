import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkout, toolsFolder } from "./checkout.ts";
import { runProgram } from "./run-program.ts";

/**
 * Packages of hundreds of small files, by every name that somebody imports. To find and open their 940 files takes a
 * third of what it takes to load the server; joined they are a dozen.
 */
const NAMES = [
  "kysely",
  ...["", "/compile", "/error", "/format", "/guard", "/schema", "/system", "/type", "/value"].map(
    (part) => `typebox${part}`,
  ),
];

const folder = join(toolsFolder, "packages");

/** What is joined is of these versions, by this program. */
const fingerprint = (): string =>
  createHash("sha256")
    .update(readFileSync(join(checkout, "package-lock.json")))
    .update(readFileSync(import.meta.filename))
    .digest("hex")
    .slice(0, 16);

/** Without its ending. */
const fileOf = (name: string): string => name.replaceAll("/", "-");

/** Joins them, beside and then in place at once: another that starts meanwhile finds all of it or nothing. */
async function build(into: string): Promise<void> {
  const beside = `${into}.${process.pid}`;
  const inputs = NAMES.map((name) => `${fileOf(name)}=${name}`);
  // In a process of its own: what it takes of memory this one keeps.
  await runProgram(process.execPath, [join(import.meta.dirname, "join-packages.ts"), beside, ...inputs]);
  for (const old of readdirSync(folder)) {
    if (!old.includes(".")) rmSync(join(folder, old), { recursive: true, force: true });
  }
  try {
    renameSync(beside, into);
  } catch {
    // Another has been faster.
    rmSync(beside, { recursive: true, force: true });
  }
}

/** From here on these packages are loaded joined. What was joined is kept until the lock file changes. */
export async function loadPackagesJoined(): Promise<void> {
  const of = join(folder, fingerprint());
  if (!existsSync(of)) await build(of);
  const files = new Map(NAMES.map((name) => [name, pathToFileURL(join(of, `${fileOf(name)}.js`)).href]));
  registerHooks({
    resolve(specifier, context, next) {
      const url = files.get(specifier);
      return url === undefined ? next(specifier, context) : { url, format: "module", shortCircuit: true };
    },
  });
}
