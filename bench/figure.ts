import { execFileSync } from "node:child_process";
import { cpus, release, totalmem } from "node:os";

/** One measured number, and what it should be. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  aim?: { atMost: number } | { atLeast: number };
}

/** A benchmark: says what it does as it goes, answers its figures, leaves no process behind. */
export type Bench = (print: (line: string) => void) => Promise<Figure[]>;

/** The value below which `share` (0-1) of the samples lie; the nearest-rank rule, so it is a value that was seen. */
export function percentile(samples: number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** p50 and p99 of one series, the aim standing at the p99. */
export function spread(what: string, samples: number[], unit: string, aimP99?: number): Figure[] {
  return [
    { what: `${what} p50`, value: percentile(samples, 0.5), unit },
    {
      what: `${what} p99 of ${samples.length}`,
      value: percentile(samples, 0.99),
      unit,
      ...(aimP99 === undefined ? {} : { aim: { atMost: aimP99 } }),
    },
  ];
}

export function met(figure: Figure): boolean | null {
  if (figure.aim === undefined) return null;
  return "atMost" in figure.aim ? figure.value <= figure.aim.atMost : figure.value >= figure.aim.atLeast;
}

/** What the figures were measured on. */
export function machine(): Record<string, string> {
  const processors = cpus();
  return {
    processor: `${processors.length} x ${processors[0]?.model.trim() ?? "unknown"}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    kernel: release(),
    node: process.versions.node,
    commit: commit(),
  };
}

/**
 * What a fixed piece of work takes on one core now: the same machine is not always equally fast, above all one that is
 * shared with others, and figures of two runs are only told apart beside this.
 */
export function yardstickMs(): number {
  const lengths = Array.from({ length: 5 }, () => {
    const numbers = Float64Array.from({ length: 500_000 }, (_, index) => (index * 7919) % 500_009);
    const words = Array.from({ length: 20_000 }, (_, index) => ({
      id: index,
      name: `number ${(index * 31) % 20_011}`,
    }));
    const from = performance.now();
    numbers.sort();
    JSON.parse(JSON.stringify(words));
    return performance.now() - from;
  });
  return Math.round(percentile(lengths, 0.5));
}

function commit(): string {
  try {
    return execFileSync("git", ["describe", "--always", "--dirty"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "not a checkout";
  }
}

const rounded = (value: number) => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(2));

/** The figures as a table for a terminal. */
export function table(name: string, figures: Figure[]): string {
  const rows = figures.map((figure) => {
    const ok = met(figure);
    const aim =
      figure.aim === undefined ? "" : "atMost" in figure.aim ? `<= ${figure.aim.atMost}` : `>= ${figure.aim.atLeast}`;
    return [
      figure.what,
      `${rounded(figure.value)} ${figure.unit}`,
      aim,
      ok === null ? "" : ok ? "met" : "NOT MET",
    ] as const;
  });
  const width = Math.max(...rows.map((row) => row[0].length));
  return [
    name,
    ...rows.map((row) => `  ${row[0].padEnd(width)}  ${row[1].padStart(16)}  ${row[2].padEnd(10)} ${row[3]}`.trimEnd()),
  ].join("\n");
}
