/** Days as the house counts them; server and browser count alike. */
export { addDays, dayOf, isDay, startOfDay } from "../../contract/house-days.ts";
