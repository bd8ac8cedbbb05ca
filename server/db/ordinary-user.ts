import { spawnSync } from "node:child_process";
import { chownSync, existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";

/** How to start a program that refuses to run as root: put `prefix` before its command. */
export type OrdinaryUser = {
  prefix: string[];
  /** Gives a folder, with all in it, to the user the program will run as. */
  own(folder: string): void;
};

/** The first account of /etc/passwd that is not root: PostgreSQL wants its user to have a name. */
export const firstOrdinaryAccount = (passwd: string): { uid: number; gid: number } | undefined => {
  for (const line of passwd.split("\n")) {
    const [, , uid, gid] = line.split(":");
    if (uid !== undefined && gid !== undefined && Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
};

const hasName = (): boolean => {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
};

const works = (command: string[]): boolean => {
  const [program, ...args] = command;
  return program !== undefined && spawnSync(program, args, { stdio: "ignore" }).status === 0;
};

/**
 * PostgreSQL refuses to run as root and as a user without a name. Then it runs in a user namespace, in which it is an
 * ordinary user while its files stay ours, so that folders closed to others (such as /root) are no obstacle. Where
 * namespaces are not allowed, as in many containers, root hands its folders to another account, which keeps root's right
 * to pass through closed folders. Answers a sentence when neither is possible.
 */
export const ordinaryUser = (): OrdinaryUser | string => {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0 && hasName()) return { prefix: [], own: () => {} };
  const account = existsSync("/etc/passwd") ? firstOrdinaryAccount(readFileSync("/etc/passwd", "utf8")) : undefined;
  if (account === undefined) return "PostgreSQL needs an account other than root in /etc/passwd.";

  const namespace = ["unshare", "--user", `--map-user=${account.uid}`, `--map-group=${account.gid}`];
  if (works([...namespace, "true"])) {
    return { prefix: namespace, own: (folder) => giveTo(folder, uid, process.getgid?.() ?? 0) };
  }
  if (uid !== 0) return "PostgreSQL needs user namespaces (unshare) to run as a user that has no name.";

  const switched = [
    ...["setpriv", `--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"],
    ...["--inh-caps=+dac_override", "--ambient-caps=+dac_override"],
  ];
  if (works([...switched, "true"])) {
    return { prefix: switched, own: (folder) => giveTo(folder, account.uid, account.gid) };
  }
  return (
    "PostgreSQL does not run as root, and this machine allows no user namespaces: start Perch as an ordinary user, " +
    "or set PERCH_DATABASE_URL to a PostgreSQL of your own."
  );
};

const giveTo = (path: string, uid: number, gid: number): void => {
  const entry = lstatSync(path);
  if (entry.uid !== uid || entry.gid !== gid) chownSync(path, uid, gid);
  if (!entry.isDirectory()) return;
  for (const name of readdirSync(path)) giveTo(join(path, name), uid, gid);
};
