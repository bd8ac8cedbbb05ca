import { readConfig } from "../server/config.ts";
import { checkout } from "./checkout.ts";
import { demoHome } from "./demo.ts";
import { stopInstance } from "./instance.ts";

export const down = async (): Promise<number> => {
  // Without PERCH_HOME both the product's and the demo's own home are meant.
  const homes = [process.env, demoHome(process.env)].map((env) => readConfig(env, checkout).home);
  let count = 0;
  for (const home of new Set(homes)) {
    await stopInstance(home, {
      stopped(name, how) {
        count += 1;
        process.stdout.write(`${how} ${name}\n`);
      },
    });
  }
  if (count === 0) process.stdout.write("nothing was running\n");
  return 0;
};
