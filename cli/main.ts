import { ConfigProblem } from "../server/config.ts";
import { usage } from "./help.ts";

/** A command gets its own arguments and answers the exit code. Only the one that is asked for is loaded. */
type Command = (args: string[]) => Promise<number>;

const commands: Record<string, () => Promise<Command>> = {
  demo: async () => (await import("./demo.ts")).demo,
  up: async () => (await import("./up.ts")).up,
  down: async () => (await import("./down.ts")).down,
  test: async () => (await import("./test.ts")).test,
  bench: async () => (await import("./bench.ts")).bench,
  journal: async () => (await import("./journal.ts")).journal,
  doctor: async () => (await import("./doctor.ts")).doctor,
  help: async () => (await import("./help.ts")).help,
};

const run = async (): Promise<number> => {
  const [name = "help", ...args] = process.argv.slice(2);
  const load = commands[name === "--help" || name === "-h" ? "help" : name];
  if (load === undefined) {
    process.stderr.write(`perch: there is no command "${name}"\n\n${usage}`);
    return 2;
  }
  const command = await load();
  return await command(args);
};

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return process.env.PERCH_LOG_LEVEL === "debug" && !(error instanceof ConfigProblem)
    ? (error.stack ?? error.message)
    : error.message;
};

try {
  process.exit(await run());
} catch (error) {
  process.stderr.write(`perch: ${explain(error)}\n`);
  process.exit(1);
}
