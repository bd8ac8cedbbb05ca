import { type ChildProcess, type ExecFileOptions, execFile } from "node:child_process";

const running = new Set<ChildProcess>();

// What we fetch and build with does not go on when we are told to end.
process.once("exit", () => {
  for (const child of running) child.kill();
});

/** Runs a program of the machine to its end and answers what it printed; throws with what it complained of. */
export const runProgram = (file: string, args: string[], options: ExecFileOptions = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = execFile(file, args, { maxBuffer: 64 * 1024 * 1024, ...options }, (error, stdout, stderr) => {
      running.delete(child);
      if (error === null) resolve(String(stdout));
      else reject(new Error(`${file} failed: ${String(stderr).trim() || error.message}`));
    });
    running.add(child);
  });
