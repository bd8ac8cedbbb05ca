import { JOURNAL_FIELDS } from "../journal-fields.ts";
import { JOURNAL_FILE } from "../names.ts";
import { type ConfigFile, confFile } from "./conf.ts";

/** All that the fold reads; streams and keys pressed are left out. */
const EVENTS = [
  "CHAN_START",
  "CHAN_END",
  "ANSWER",
  "HANGUP",
  "BRIDGE_ENTER",
  "BRIDGE_EXIT",
  "APP_START",
  "APP_END",
  "PARK_START",
  "PARK_END",
  "BLINDTRANSFER",
  "ATTENDEDTRANSFER",
  "PICKUP",
  "FORWARD",
  "LINKEDID_END",
  "USER_DEFINED",
  "LOCAL_OPTIMIZE",
];

/** The journal: which events, and how they are written, one JSON object a line. */
export function renderCel(): ConfigFile[] {
  const file = JOURNAL_FILE.slice(JOURNAL_FILE.indexOf("/") + 1);
  return [
    confFile("cel.conf", [`[general]\nenable = yes\napps = queue,dial,voicemail\nevents = ${EVENTS.join(",")}\n`]),
    // No blanks around these commas: Asterisk takes them into the field's name.
    confFile("cel_custom.conf", [`[${file}]\nformat = json\nfields = ${JOURNAL_FIELDS.join(",")}\n`]),
  ];
}
