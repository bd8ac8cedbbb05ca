import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Health } from "../contract/views.ts";
import type { Launch } from "../test/rig/house-rig.ts";
import { until } from "../test/until.ts";

const checkout = path.join(import.meta.dirname, "..");

/** Perch as people run it, `./perch up` in a process of its own, so that measuring does not share its event loop. */
export const inOwnProcess: Launch & { pid(home: string): number } = Object.assign(
  async (config: Parameters<Launch>[0]) => {
    // Of these Perch knows nothing, and says so.
    const { PERCH_BENCH_DATABASE: _database, PERCH_BENCH_ROWS: _rows, ...env } = process.env;
    const child = spawn(path.join(checkout, "perch"), ["up", "--leave-voice"], {
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        ...env,
        PERCH_HOME: config.home,
        PERCH_HTTP_PORT: String(config.httpPort),
        PERCH_SIP_PORT: String(config.sipPort),
        PERCH_RTP_PORTS: `${config.rtpPorts.first}-${config.rtpPorts.last}`,
        PERCH_ADMIN_PASSWORD: config.adminPassword ?? "",
        PERCH_LOG_LEVEL: "warn",
      },
    });
    const ended = once(child, "exit");
    const address = `http://127.0.0.1:${config.httpPort}`;
    await until(
      "Perch is open",
      async () => {
        if (child.exitCode !== null) throw new Error(`perch up ended with ${child.exitCode}`);
        return ((await (await fetch(`${address}/api/v1/health`)).json()) as Health).status === "ok";
      },
      { timeoutMs: 60_000 },
    );
    return {
      address,
      async stop({ leaveVoice }: { leaveVoice: boolean }) {
        child.kill("SIGTERM");
        await ended;
        if (leaveVoice) return;
        const down = spawn(path.join(checkout, "perch"), ["down"], {
          stdio: "ignore",
          env: { ...env, PERCH_HOME: config.home },
        });
        await once(down, "exit");
      },
    };
  },
  { pid: (home: string) => Number.parseInt(readFileSync(path.join(home, "run", "perch.pid"), "utf8"), 10) },
);
