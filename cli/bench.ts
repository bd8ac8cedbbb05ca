import { ensurePrograms } from "./programs.ts";
import { createProgress } from "./progress.ts";

export const bench = async (names: string[]): Promise<number> => {
  const { benches } = await import("../bench/index.ts");
  const unknown = names.filter((name) => benches[name] === undefined);
  if (unknown.length > 0) {
    process.stderr.write(`perch: no bench ${unknown.join(", ")}; there are ${Object.keys(benches).join(", ")}\n`);
    return 2;
  }
  await ensurePrograms(createProgress());
  for (const [name, run] of Object.entries(benches)) {
    if (names.length === 0 || names.includes(name)) await run();
  }
  return 0;
};
