import type { HouseRig } from "../rig/house-rig.ts";
import { until } from "../until.ts";

/** A caller from outside rings a telephone, is answered, says what he wanted and hangs up. */
export async function finishedCall(house: HouseRig, telephone: string, number: string): Promise<void> {
  const caller = await house.caller(number);
  const phone = house.phone(telephone);
  await until(`${telephone} rings`, () => phone.state === "ringing", { timeoutMs: 15_000 });
  await phone.accept();
  await until("they talk", () => phone.state === "talking" && caller.has("answered"));
  caller.hangUp();
  await caller.done;
  await until(`${telephone} is idle`, () => phone.state === "idle");
}
