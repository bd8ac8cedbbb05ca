import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import type { AsteriskProgram } from "../server/asterisk/daemon.ts";
import { debianRoot, ensureDebianRoot, hasDebianRoot } from "./debian-root.ts";
import type { Progress } from "./progress.ts";

export type ProgramName = "asterisk" | "baresip" | "espeak-ng" | "sipp" | "sox";

/** `args` come before the program's own arguments. */
export type Program = { command: string; args: string[]; moduleDir: string; dataDir: string };

type Place = { file: string; moduleDir: string; dataDir: string };

const platforms: Record<string, { triple: string; loader: string }> = {
  x64: { triple: "x86_64-linux-gnu", loader: "ld-linux-x86-64.so.2" },
  arm64: { triple: "aarch64-linux-gnu", loader: "ld-linux-aarch64.so.1" },
};

const platform = (): { triple: string; loader: string } => {
  const known = platforms[process.arch];
  if (known === undefined) throw new Error(`no Asterisk can be fetched for ${process.arch}`);
  return known;
};

const places = (libraries: string): Record<ProgramName, Place> => ({
  asterisk: {
    file: "usr/sbin/asterisk",
    moduleDir: `${libraries}/asterisk/modules`,
    dataDir: "usr/share/asterisk",
  },
  baresip: { file: "usr/bin/baresip", moduleDir: "usr/lib/baresip/modules", dataDir: "usr/share/baresip" },
  "espeak-ng": { file: "usr/bin/espeak-ng", moduleDir: libraries, dataDir: `${libraries}/espeak-ng-data` },
  sipp: { file: "usr/bin/sipp", moduleDir: libraries, dataDir: "usr/share/sip-tester" },
  sox: { file: "usr/bin/sox", moduleDir: `${libraries}/sox`, dataDir: "usr/share" },
});

/** A program of the private root, started by the root's own loader with the root's own libraries. */
export const program = (name: ProgramName): Program => {
  if (!hasDebianRoot()) throw new Error(`${name} has not been fetched yet: ensurePrograms() does`);
  const { triple, loader } = platform();
  const libraries = `usr/lib/${triple}`;
  const { file, moduleDir, dataDir } = places(libraries)[name];
  const inRoot = (path: string) => join(debianRoot, path);
  // Some libraries lie in a folder of their own, which Debian's installed system reaches by other means.
  const searched = [libraries, `${libraries}/pulseaudio`, `${libraries}/blas`, `${libraries}/lapack`];
  return {
    command: inRoot(`${libraries}/${loader}`),
    args: ["--library-path", searched.map(inRoot).filter(existsSync).join(":"), inRoot(file)],
    moduleDir: inRoot(moduleDir),
    dataDir: inRoot(dataDir),
  };
};

/** Sees to it that `program()` has all of them. */
export const ensurePrograms = (progress: Progress): Promise<void> => ensureDebianRoot(progress);

/** `22.10.1` out of what `asterisk -V` prints. */
export const asteriskVersion = (printed: string): string | undefined =>
  /^Asterisk (?:certified\/)?(\d+[.\d]*)/.exec(printed)?.[1];

export const OLDEST_ASTERISK = 20;

export const isNewEnough = (version: string): boolean => Number.parseInt(version, 10) >= OLDEST_ASTERISK;

/** The version a program reports, undefined when it is no Asterisk that runs. */
const versionOf = ({ command, args }: Pick<Program, "command" | "args">): string | undefined =>
  asteriskVersion(spawnSync(command, [...args, "-V"], { encoding: "utf8" }).stdout ?? "");

export const onPath = (name: string, path = process.env.PATH ?? ""): string | undefined => {
  // Debian keeps asterisk in sbin, which is not on everyone's PATH.
  const folders = [...path.split(delimiter), "/usr/local/sbin", "/usr/sbin"].filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isExecutable);
};

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};

/** The folders that go with an installed Asterisk, by where its program lies. */
const installedAsterisk = (file: string): AsteriskProgram | string => {
  const prefix = dirname(dirname(file));
  const { triple } = platform();
  const libraries = [`${prefix}/lib/${triple}`, `${prefix}/lib`, `${prefix}/lib64`, `/usr/lib/${triple}`, "/usr/lib"];
  const moduleDir = libraries.map((folder) => join(folder, "asterisk", "modules")).find(existsSync);
  const dataDir = [`${prefix}/share/asterisk`, "/usr/share/asterisk", "/var/lib/asterisk"].find((folder) =>
    existsSync(join(folder, "sounds")),
  );
  if (moduleDir === undefined) return `${file} is an Asterisk, but its modules are not found`;
  if (dataDir === undefined) return `${file} is an Asterisk, but its sounds are not found`;
  return { command: file, args: [], moduleDir, dataDir };
};

type Found = Pick<Program, "command" | "args">;

/** Those of a name that can be run: the installed one, and the one that was fetched with Asterisk. */
const candidates = (name: "espeak-ng" | "sox"): Found[] => {
  const installed = onPath(name);
  return [
    ...(installed === undefined ? [] : [{ command: installed, args: [] }]),
    ...(hasDebianRoot()
      ? [program(name)].map(({ command, args, dataDir }) => found(name, command, args, dataDir))
      : []),
  ];
};

/** The engine that speaks looks for its languages where it would have been installed, unless it is told. */
const found = (name: "espeak-ng" | "sox", command: string, args: string[], dataDir: string): Found => ({
  command,
  args: name === "espeak-ng" ? [...args, `--path=${dirname(dataDir)}`] : args,
});

/** What encodes recordings: a sox that writes MP3; null where there is none. */
export const findEncoder = (): Found | null => candidates("sox").find(writesMp3) ?? null;

/** What converts prompts and what speaks texts; null where there is none. A sox that knows MP3 is the better one. */
export const findSoundPrograms = (): { sox: Found | null; speech: Found | null } => ({
  sox: findEncoder() ?? candidates("sox").find(({ command, args }) => ends(command, [...args, "--version"])) ?? null,
  speech: candidates("espeak-ng").find(({ command, args }) => ends(command, [...args, "--voices=en"])) ?? null,
});

/** Whether it runs, and to a good end. */
const ends = (command: string, args: string[]): boolean => spawnSync(command, args, { timeout: 10_000 }).status === 0;

/** Debian keeps the formats of an installed sox in packages of their own. */
const writesMp3 = ({ command, args }: Found): boolean =>
  ends(command, [...args, "-n", "-t", "mp3", "-", "trim", "0", "0.1"]);

export type FoundAsterisk = { program: AsteriskProgram; version: string; from: "PERCH_ASTERISK" | "PATH" | "fetched" };

/** The Asterisk to run, without fetching one: the one that was named, one that is installed, the fetched one. */
export const findAsterisk = (named: string | null): FoundAsterisk | undefined => {
  if (named !== null) return { ...askedFor(resolve(named)), from: "PERCH_ASTERISK" };
  const file = onPath("asterisk");
  const version = file === undefined ? undefined : versionOf({ command: file, args: [] });
  if (file !== undefined && version !== undefined && isNewEnough(version)) {
    const installed = installedAsterisk(file);
    if (typeof installed !== "string") return { program: installed, version, from: "PATH" };
  }
  if (!hasDebianRoot()) return undefined;
  const fetched = program("asterisk");
  const fetchedVersion = versionOf(fetched);
  if (fetchedVersion === undefined) throw new Error("the fetched Asterisk does not run on this machine");
  return { program: fetched, version: fetchedVersion, from: "fetched" };
};

const askedFor = (file: string): { program: AsteriskProgram; version: string } => {
  const version = versionOf({ command: file, args: [] });
  if (version === undefined) throw new Error(`PERCH_ASTERISK: ${file} is not an Asterisk that runs`);
  if (!isNewEnough(version)) throw new Error(`PERCH_ASTERISK: ${file} is ${version}, older than ${OLDEST_ASTERISK}`);
  const program = installedAsterisk(file);
  if (typeof program === "string") throw new Error(`PERCH_ASTERISK: ${program}`);
  return { program, version };
};

/** The Asterisk to run; fetches one when there is none. */
export const locateAsterisk = async (named: string | null, progress: Progress): Promise<FoundAsterisk> => {
  const found = findAsterisk(named);
  if (found !== undefined) return found;
  await ensureDebianRoot(progress);
  const fetched = findAsterisk(named);
  if (fetched === undefined) throw new Error("Asterisk was fetched and is not there");
  return fetched;
};
