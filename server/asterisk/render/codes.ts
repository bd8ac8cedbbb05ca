import type { CallingConfig } from "../../telephony-config.ts";
import { ASKING_KEYS, TRANSFER_KEYS } from "../../transfer-code.ts";
import { type ConfigFile, confFile, section } from "./conf.ts";

/** Between two keys of a code. So long is kept back from the other what begins like one. */
const KEY_MS = 1000;
/** For the next digit of the number, unless a # ends it. */
const DIGIT_SECONDS = 4;
/** So often a number that nobody has may be tried; then the two talk again. */
const ATTEMPTS = 3;
/**
 * Where Asterisk itself gives up whoever is asked, it may take his going for that of the telephone it rings next, and
 * give that up in the same millisecond (seen on 22.10.1: once in fifteen); it tries again after the delay. So the dial
 * plan ends his ringing, and this comes later: for queues only, which are asked too.
 */
const GIVEN_UP_LATER_SECONDS = 5;
/** Whoever asks may hang up while it rings. Nobody answers: his own telephone rings, so often and so far apart. */
const BACK_ROUNDS = 2;
const BACK_DELAY_SECONDS = 5;

/**
 * The keys of a transfer. Which side of a call may press them is said where it is dialled (`t`, `T`) and nowhere else.
 * No key for going to and fro between the two while one is asked: whoever wants that holds on the telephone itself.
 */
export function renderCodes({ transferCodes: codes, askedRingSeconds }: CallingConfig): ConfigFile {
  const keys = codes === "off" ? { blind: "", attended: "" } : TRANSFER_KEYS[codes];
  return confFile("features.conf", [
    section("general", [
      ["featuredigittimeout", KEY_MS],
      ["transferdigittimeout", DIGIT_SECONDS],
      ["transferdialattempts", ATTEMPTS],
      ["atxfernoanswertimeout", askedRingSeconds + GIVEN_UP_LATER_SECONDS],
      ["atxferdropcall", "no"],
      ["atxfercallbackretries", BACK_ROUNDS],
      ["atxferloopdelay", BACK_DELAY_SECONDS],
      ["atxferabort", ASKING_KEYS.back],
      ["atxfercomplete", ASKING_KEYS.handOver],
      ["atxferthreeway", ASKING_KEYS.together],
      ["atxferswap", ""],
    ]),
    // Asterisk's own codes would stand where nothing is said.
    section("featuremap", [
      ["blindxfer", keys.blind],
      ["atxfer", keys.attended],
      ["disconnect", ""],
      ["automixmon", ""],
      ["parkcall", ""],
    ]),
  ]);
}
