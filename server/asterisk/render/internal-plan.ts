import type { AgentNumberConfig } from "../../telephony-config.ts";
import {
  CALLEE_CONTEXT,
  NUMBERS_FAMILY,
  REMOTE_CONTEXT,
  SEATS_FAMILY,
  TELEPHONES_CONTEXT,
  telephoneInterface,
} from "../names.ts";
import { confMatching, confName } from "./conf.ts";
import {
  CALLED_KEYS,
  DIAL_MORE,
  goIf,
  isNotText,
  isText,
  OVER,
  RING_SECONDS,
  type Step,
  variable,
} from "./dial-plan.ts";
import { seatField, WHO_DIALS } from "./seat-plan.ts";

/** One agent's away number may be another agent's, who is away too; so many are followed. */
const MOST_HOPS = 3;

const BUSY: readonly Step[] = [{ label: "busy", step: "Set(DIALSTATUS=BUSY)" }, OVER];

/** `telephone` is its interface; whoever calls it sees who sits there. */
export const ring = (telephone: string): string =>
  `Dial(${telephone},${RING_SECONDS},b(${CALLEE_CONTEXT}^s^1)${CALLED_KEYS}${DIAL_MORE})`;

/** Of the telephone at which somebody sits, or of his line outside (names.ts). */
const INTERFACE_AT = variable(
  `IF($[${isText("PERCH_AT:0:7", "remote~")}]?Local/${variable("PERCH_AT:7")}@${REMOTE_CONTEXT}/n:PJSIP/${variable("PERCH_AT")})`,
);

/** A telephone by its own number. From itself it is busy. */
export function telephoneSteps(endpoint: string): Step[] {
  const name = confName(endpoint);
  const itself = `${isText("PERCH_WHO", name)} & ${isText("BLINDTRANSFER", "")}`;
  return [WHO_DIALS, goIf(itself, "busy"), ring(telephoneInterface(name)), OVER, ...BUSY];
}

/** An agent by his number: at the telephone he sits at, as Asterisk's own database knows it, or where his account says. */
export function agentSteps({ internal, awayNumber }: AgentNumberConfig): Step[] {
  const itself = `"${variable("PERCH_AT")}" = "${variable("PERCH_WHO")}" & ${isText("BLINDTRANSFER", "")}`;
  return [
    WHO_DIALS,
    `Set(PERCH_AT=${variable(`DB(${NUMBERS_FAMILY}/${internal})`)})`,
    goIf(isText("PERCH_AT", ""), "away"),
    `Set(PERCH_AT_SEAT=${variable(`DB(${SEATS_FAMILY}/${variable("PERCH_AT")})`)})`,
    // He has left that telephone, or another sits there now.
    goIf(isNotText(seatField("internal", "PERCH_AT_SEAT"), internal), "away"),
    goIf(itself, "busy"),
    ring(INTERFACE_AT),
    OVER,
    ...awaySteps(awayNumber),
    ...BUSY,
  ];
}

function awaySteps(awayNumber: string | null): Step[] {
  if (awayNumber === null) return [{ label: "away", step: "Goto(busy)" }];
  const number = confMatching(awayNumber, /^\+?[0-9]{1,20}$/, "away number");
  return [
    { label: "away", step: `Set(PERCH_HOPS=$[0${variable("PERCH_HOPS")} + 1])` },
    goIf(`${variable("PERCH_HOPS")} > ${MOST_HOPS}`, "busy"),
    `Set(PERCH_AWAY=${number})`,
    `Goto(${TELEPHONES_CONTEXT},${number},1)`,
  ];
}
