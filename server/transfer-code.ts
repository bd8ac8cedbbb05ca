import type { Settings } from "../contract/settings.ts";

/** Which keys a telephone presses in a call to send the other on. */
export type TransferCodes = Settings["transferCodes"];

export interface TransferKeys {
  /** With a number behind it: the other is sent there at once. */
  blind: string;
  /** With a number behind it: that one is asked first while the other hears music. */
  attended: string;
}

/**
 * Both begin with a star, so that no digit that is meant for somebody outside is kept back; of what begins like a code
 * Asterisk waits whether the rest comes. None may begin like the other.
 */
export const TRANSFER_KEYS: Readonly<Record<Exclude<TransferCodes, "off">, TransferKeys>> = {
  star: { blind: "*2", attended: "*3" },
  "two-stars": { blind: "**2", attended: "**3" },
};

/** While somebody is asked: takes the caller back, hands him over (as hanging up does), puts all three together. */
export const ASKING_KEYS = { back: "*1", handOver: "*2", together: "*3" } as const;
