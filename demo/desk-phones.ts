import { type BaresipPhone, startPhone } from "../test/rig/baresip-phone.ts";
import type { Device } from "./furniture.ts";
import type { DeskPhone } from "./phones-page.ts";

export interface DemoPhone extends DeskPhone {
  stop(): Promise<void>;
}

/** Everything a telephone of the demo needs to know. */
export interface DemoPhoneOptions {
  device: Device;
  secret: string;
  server: { host: string; port: number };
  /** What is said into it during a call (WAV). */
  speaks: string;
  /** Picks up by itself: a colleague's. */
  autoAnswer: boolean;
}

/** A telephone that stands on the desk whether plugged in or not; plugged in, a real SIP phone runs for it. */
export function createDemoPhone({ device, secret, server, speaks, autoAnswer }: DemoPhoneOptions): DemoPhone {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  let phone: BaresipPhone | null = null;
  // Two presses of a key at once must not start two phones with one name.
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    const mine = turn.then(act);
    turn = mine.catch(() => {});
    return mine;
  };
  const plugged = (): BaresipPhone => {
    if (phone === null) throw new Error(`${device.fullName} is unplugged.`);
    return phone;
  };
  const unplug = async () => {
    await phone?.stop();
    phone = null;
    tell();
  };
  return {
    username: device.username,
    label: device.fullName,
    place: device.place,
    display() {
      if (phone === null) return { state: "unplugged", other: "" };
      const { state, peer } = phone;
      const who = peer.name === "" || peer.name === peer.number ? peer.number : `${peer.name} · ${peer.number}`;
      return { state, other: state === "idle" ? device.internal : who };
    },
    answer: () => plugged().accept(),
    hangUp: () => plugged().hangUp(),
    dial: (number) => plugged().dial(number),
    keys: (digits) => plugged().keys(digits),
    plug: () =>
      inTurn(async () => {
        if (phone !== null) return;
        phone = await startPhone({ username: device.username, password: secret, server, speaks, autoAnswer });
        phone.onChange(tell);
        tell();
      }),
    unplug: () => inTurn(unplug),
    stop: () => inTurn(unplug),
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
