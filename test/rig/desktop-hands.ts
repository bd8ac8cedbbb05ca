import type { Page } from "../../contract/page.ts";
import type { Leg } from "../../contract/views.ts";
import { until } from "../until.ts";
import { aMoment, hears, type ScenarioHouse, SUPPORT_NUMBER } from "./scenario-house.ts";
import type { Between } from "./scenario-rows.ts";
import type { SipCall } from "./sip/sip-call.ts";
import type { SipPhone } from "./sip/sip-phone.ts";

/** Anna at her desktop: what she does with the call on desk-1, and when it was done. */
export interface DesktopHands {
  /** What stands on her card. */
  card(what: string, fits: (leg: Leg) => boolean): Promise<Leg>;
  /** She does something with her call: from before it was asked to when her card says so. */
  does(act: string, body: object | undefined, done: (leg: Leg) => boolean): Promise<Between>;
  holds(): Promise<Between>;
  resumes(): Promise<Between>;
  /** She takes back her caller from whom she asks. */
  cancels(): Promise<Between>;
  /** She asks, and that telephone rings. When she took leave of her caller, too. */
  asks(to?: string, phone?: SipPhone): Promise<{ colleague: SipCall; began: Between }>;
  /** Whoever was asked answers, and they talk. */
  answers(colleague: SipCall, phone?: SipPhone): Promise<Between>;
  /** The caller gets whom she asked: when it was said to when they hear each other. */
  handsOver(caller: SipCall, phone?: SipPhone): Promise<Between>;
  /** A customer whom she has answered: both hear each other. */
  answered(): Promise<{ caller: SipCall; anna: SipCall; answered: Between }>;
}

export function desktopHands(scene: ScenarioHouse): DesktopHands {
  const colleagues = scene.desk(4);
  const legs = async () => (await scene.apis.anna.get<Page<Leg>>("/calls/current")).rows;
  const card: DesktopHands["card"] = (what, fits) =>
    until(what, async () => (await legs()).find((leg) => fits(leg)) ?? null, { timeoutMs: 15_000 });
  const act = async (what: string, body?: object) => {
    const { legId } = await card("Anna has a call", ({ state }) => state === "talking" || state === "held");
    const askedMs = Date.now();
    await scene.apis.anna.post(`/calls/${encodeURIComponent(legId)}/${what}`, body);
    return askedMs;
  };
  const does: DesktopHands["does"] = async (what, body, done) => {
    const askedMs = await act(what, body);
    await card(`her card says so after "${what}"`, done);
    return [askedMs, Date.now()];
  };
  return {
    card,
    does,
    holds: () => does("hold", undefined, ({ state }) => state === "held"),
    resumes: () => does("resume", undefined, ({ state }) => state === "talking"),
    cancels: () => does("transfer/cancel", undefined, ({ state }) => state === "talking"),
    async asks(to = "104", phone = colleagues) {
      const askedMs = await act("transfer", { to, kind: "attended" });
      const colleague = await phone.rung();
      return { colleague, began: [askedMs, Date.now()] };
    },
    async answers(colleague, phone = scene.desk(1)) {
      colleague.answer();
      const heard = await hears(colleague, phone);
      await card("her card says so", ({ hand }) => hand?.asks?.talking === true);
      await aMoment();
      return [colleague.at("answers"), heard];
    },
    async handsOver(caller, phone = colleagues) {
      caller.forgetVoices();
      const gaveMs = await act("transfer/complete");
      return [gaveMs, await hears(caller, phone)];
    },
    async answered() {
      const caller = scene.customer(SUPPORT_NUMBER);
      const anna = await scene.desk(1).rung();
      anna.answer();
      const heard = await hears(caller, scene.desk(1));
      await aMoment();
      return { caller, anna, answered: [anna.at("answers"), heard] };
    },
  };
}
