import { rolldown } from "rolldown";
import { checkout } from "./checkout.ts";

/** Run by joined-packages.ts: joins the packages named behind the folder they are written to, as `file=name`. */
const [into = "", ...inputs] = process.argv.slice(2);
const bundle = await rolldown({
  input: Object.fromEntries(
    inputs.map((input) => [input.slice(0, input.indexOf("=")), input.slice(input.indexOf("=") + 1)]),
  ),
  platform: "node",
  cwd: checkout,
});
await bundle.write({ dir: into, format: "esm", chunkFileNames: "shared-[hash].js" });
