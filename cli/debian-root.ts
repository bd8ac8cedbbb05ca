import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { debianMirror, INDEX_TARGET_FORMAT, isPastItsDate, sourceLine } from "./apt-source.ts";
import { toolsFolder } from "./checkout.ts";
import { claimWhenFree } from "./claim-when-free.ts";
import { type Progress, quarters } from "./progress.ts";
import { runProgram } from "./run-program.ts";

/**
 * A private Debian root: packages unpacked into a folder, by apt and dpkg-deb alone, without rights and without touching
 * the machine. Its programs are run through its own loader (programs.ts). docs/decisions/0002-private-debian-root.md
 * says why.
 */
const SUITE = "forky";
const PACKAGES = [
  "asterisk",
  // The voices that speak on the telephone: 2 to 3 MB each.
  "asterisk-core-sounds-en-gsm",
  "asterisk-core-sounds-es-gsm",
  "asterisk-core-sounds-fr-gsm",
  "asterisk-core-sounds-it-gsm",
  "asterisk-moh-opsound-gsm",
  "baresip",
  // Speaks texts: 12 MB with all its languages.
  "espeak-ng",
  "sip-tester",
  "sox",
];
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
/** What the root was made of, a word a line. */
const STAMP = ".perch-packages";
const wanted = [SUITE, process.arch, ...PACKAGES];

export const debianRoot = join(toolsFolder, "debian-root");

/** One with more in it, of a later version of ours, will do as well. */
export const hasDebianRoot = (): boolean => {
  const stamp = join(debianRoot, STAMP);
  if (!existsSync(stamp)) return false;
  const there = new Set(readFileSync(stamp, "utf8").split("\n"));
  return wanted.every((word) => there.has(word));
};

/** Why this machine cannot fetch the root, in a sentence; undefined when it can. */
export const whyNoDebianRoot = async (): Promise<string | undefined> => {
  try {
    await runProgram("dpkg-deb", ["--version"]);
    return (await configuredMirror()) === undefined ? "apt on this machine knows no Debian archive" : undefined;
  } catch {
    return "apt and dpkg-deb are not on this machine";
  }
};

const configuredMirror = async (): Promise<string | undefined> =>
  debianMirror(await runProgram("apt-get", ["indextargets", "--format", INDEX_TARGET_FORMAT]));

/** Fetches the root when it is missing or its package list has changed. Several instances may ask at once. */
export const ensureDebianRoot = async (progress: Progress): Promise<void> => {
  if (hasDebianRoot()) return;
  const hindrance = await whyNoDebianRoot();
  if (hindrance !== undefined) throw new Error(`Asterisk cannot be fetched: ${hindrance}.`);
  const lock = await claimWhenFree("debian-root", progress);
  try {
    if (!hasDebianRoot()) await fetchDebianRoot(progress);
  } finally {
    lock.release();
  }
};

const fetchDebianRoot = async (progress: Progress): Promise<void> => {
  for (const name of readdirSync(toolsFolder)) {
    if (name.startsWith("debian-new-")) rmSync(join(toolsFolder, name), { recursive: true, force: true });
  }
  const work = mkdtempSync(join(toolsFolder, "debian-new-"));
  try {
    const apt = privateApt(work, await configuredMirror());
    progress(`fetching Asterisk, test phones and callers (Debian ${SUITE}): package lists`);
    await updateLists(apt, progress);
    await download(apt, join(work, "cache", "archives"), progress);
    await unpack(join(work, "cache", "archives"), join(work, "root"), progress);
    finish(join(work, "root"));
    rmSync(debianRoot, { recursive: true, force: true });
    renameSync(join(work, "root"), debianRoot);
    progress("Asterisk is there");
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};

type Apt = (args: string[]) => Promise<string>;

/** apt-get with a state of its own: it believes that nothing is installed, and sees one archive. */
const privateApt = (work: string, mirror: string | undefined): Apt => {
  if (mirror === undefined) throw new Error("apt on this machine knows no Debian archive");
  for (const folder of ["lists/partial", "cache/archives/partial", "etc", "root"]) {
    mkdirSync(join(work, folder), { recursive: true });
  }
  writeFileSync(join(work, "status"), "");
  const keyring = existsSync(KEYRING) ? KEYRING : undefined;
  writeFileSync(join(work, "etc", "sources.list"), sourceLine(mirror, SUITE, keyring));
  const options = {
    "Dir::State": work,
    "Dir::State::lists": join(work, "lists"),
    "Dir::State::status": join(work, "status"),
    "Dir::Cache": join(work, "cache"),
    "Dir::Cache::archives": join(work, "cache", "archives"),
    "Dir::Etc::sourcelist": join(work, "etc", "sources.list"),
    "Dir::Etc::sourceparts": "/dev/null",
    "Dir::Etc::preferences": "/dev/null",
    "Dir::Etc::preferencesparts": "/dev/null",
    "APT::Install-Recommends": "false",
    // As root apt would download as another user, who may not be able to reach this folder.
    "APT::Sandbox::User": "root",
    "Debug::NoLocking": "1",
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  const env = { ...process.env, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" };
  return (args) => runProgram("apt-get", [...flags, ...args], { env });
};

const updateLists = async (apt: Apt, progress: Progress): Promise<void> => {
  const strict = ["-o", "Acquire::Check-Valid-Until=true", "-o", "APT::Update::Error-Mode=any", "update"];
  try {
    await apt(strict);
  } catch (error) {
    if (!isPastItsDate(String(error))) throw error;
    progress("the mirror's Release file is past its date: taking it all the same (signatures are still checked)");
    await apt(["-o", "Acquire::Check-Valid-Until=false", "update"]);
  }
};

const debFiles = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith(".deb"));

const download = async (apt: Apt, archives: string, progress: Progress): Promise<void> => {
  const planned = await apt(["-qq", "-y", "--print-uris", "install", ...PACKAGES]);
  const total = planned.split("\n").filter((line) => line.startsWith("'")).length;
  progress(`downloading ${total} packages`);
  const report = quarters(progress, "downloaded");
  const watch = setInterval(() => report(debFiles(archives).length, total), 300);
  try {
    await apt(["-y", "--download-only", "install", ...PACKAGES]);
  } finally {
    clearInterval(watch);
  }
};

const unpack = async (archives: string, root: string, progress: Progress): Promise<void> => {
  const files = debFiles(archives);
  const report = quarters(progress, "unpacked");
  for (const [index, file] of files.entries()) {
    await runProgram("dpkg-deb", ["--extract", join(archives, file), root]);
    rmSync(join(archives, file));
    report(index + 1, files.length);
  }
};

/** The voice that speaks a language: a folder of sounds. */
const VOICES = { en: "en_US_f_Allison", es: "es_MX_f_Allison", fr: "fr_CA_f_June", it: "it_IT_m_Carlo" };

/** What the packages' install scripts would have done and Perch needs: a language names a voice. */
const finish = (root: string): void => {
  const sounds = join(root, "usr/share/asterisk/sounds");
  for (const [language, voice] of Object.entries(VOICES)) {
    if (!existsSync(join(sounds, language))) symlinkSync(voice, join(sounds, language));
  }
  writeFileSync(join(root, STAMP), `${wanted.join("\n")}\n`);
};
