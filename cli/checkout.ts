import { dirname, join } from "node:path";

/** The folder Perch was cloned into. */
export const checkout = dirname(import.meta.dirname);

/** What Perch fetched for itself; may be deleted at any time while nothing runs. */
export const toolsFolder = join(checkout, ".tools");
