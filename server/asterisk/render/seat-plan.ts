import { remoteEndpoint } from "../../telephony.ts";
import {
  CALLEE_CONTEXT,
  KEYS_ASKED_EVENT,
  NUMBERS_CONTEXT,
  REMOTE_CONTEXT,
  SEAT_CONTEXT,
  SEATS_FAMILY,
  TRUNK_CHANNEL,
} from "../names.ts";
import { context, goIf, isNotText, isText, type Step, variable } from "./dial-plan.ts";

/** What a channel's name is besides its endpoint: `PJSIP/` before it, `-0000002a` behind. */
const nameOfEndpoint = (name: string): string => variable(`${name}:6:-9`);

const FIELDS = { internal: 2, callerId: 3, language: 4, name: 5, number: 6 } as const;

/** A field of `id|internal|callerId|language|name|number`. */
export const seatField = (field: keyof typeof FIELDS, seat = "PERCH_SEAT"): string => `CUT(${seat},|,${FIELDS[field]})`;

/** The first step of whatever a telephone may dial. */
export const WHO_DIALS = `Gosub(${SEAT_CONTEXT},s,1)`;

/**
 * What a shared telephone's endpoint carries, so that the dial plan knows it from somebody's own. It stands in a
 * setting that means nothing where nobody may subscribe, and that the dial plan can read.
 */
export const SHARED_MARK = { setting: "subscribe_context", value: "perch-shared" };

const endpointMark = `PJSIP_ENDPOINT(${variable("PERCH_WHO")},${SHARED_MARK.setting})`;

/** The one who dials bears the seat's name and number, where it has them. */
const bearSeat: Step[] = [
  `Set(CALLERID(name)=${variable(seatField("name"))})`,
  goIf(isText(seatField("internal"), ""), "spoken"),
  `Set(CALLERID(num)=${variable(seatField("internal"))})`,
];

/** Whether it is a telephone of ours that is named there. */
const isTelephone = (name: string): string =>
  `${isText(`${name}:0:6`, "PJSIP/")} & ${isNotText(`${name}:0:${TRUNK_CHANNEL.length}`, TRUNK_CHANNEL)}`;

/** Whether it is the line of a remote agent that is named in that variable. */
const isLine = (name: string): string =>
  `${isText(`${name}:0:6`, "Local/")} & ${isText(`CUT(${name},@,2):0:${LINE.length}`, LINE)}`;
const LINE = `${REMOTE_CONTEXT}-`;

/** The endpoint of either, by the name of its channel. */
export const endpointIn = (name: string): string =>
  variable(`IF($[${isLine(name)}]?${remoteEndpoint("")}${variable(`CUT(${name},@,1):6`)}:${nameOfEndpoint(name)})`);

/** Who sends a caller on: by a transfer, or because the telephone that was rung forwards its calls by itself (302). */
const SENDER = variable(
  `IF($[${isNotText("BLINDTRANSFER", "")}]?${variable("BLINDTRANSFER")}:${variable("FORWARDERNAME")})`,
);

/**
 * Who dials, or sends a caller on: `PERCH_WHO` is the telephone, `PERCH_SEAT` who sits there, `PERCH_IDLE` whether it
 * is a shared one where nobody does, `PERCH_KEYS` whether the one that calls may press codes. Where a telephone asks
 * before it hands its caller over, by keys, Asterisk calls for it: `PERCH_ASKER` names it. A caller who is sent on keeps his own name. A call of which no telephone can be
 * told counts as nobody's: Asterisk itself follows a forwarding so where it was rung by no call.
 */
export function seatPlan(askedRingSeconds: number): string {
  return [
    context(
      SEAT_CONTEXT,
      new Map<string, Step[]>([
        [
          "s",
          [
            "Set(PERCH_SEAT=)",
            "Set(PERCH_IDLE=no)",
            "Set(PERCH_ASKER=)",
            `Set(PERCH_KEYS=${variable(`IF($[${isTelephone("CHANNEL(name)")}]?T:)`)})`,
            `Set(PERCH_SENDER=${SENDER})`,
            // Nobody but a telephone sends anybody on.
            goIf(
              `${isNotText("BLINDTRANSFER", "")} & !(${isTelephone("BLINDTRANSFER")}) & !(${isLine("BLINDTRANSFER")})`,
              "stranger",
            ),
            goIf(isNotText("PERCH_SENDER", ""), "sent"),
            goIf(isNotText("CHANNEL(channeltype)", "PJSIP"), "made"),
            `Set(PERCH_WHO=${nameOfEndpoint("CHANNEL(name)")})`,
            "Goto(known)",
            { label: "made", step: goIf(isText("ATTENDEDTRANSFER", ""), "unknown") },
            goIf(`!(${isTelephone("ATTENDEDTRANSFER")}) & !(${isLine("ATTENDEDTRANSFER")})`, "stranger"),
            `Set(PERCH_ASKER=${variable("ATTENDEDTRANSFER")})`,
            `Set(PERCH_WHO=${endpointIn("PERCH_ASKER")})`,
            // A telephone calls under its own number, as it does on a second line; a line has none but its agent's.
            `Set(PERCH_SEAT=${variable(`DB(${SEATS_FAMILY}/${variable("PERCH_WHO")})`)})`,
            `Set(CALLERID(all)="${variable(seatField("name"))}" <${variable(seatField("internal"))}>)`,
            goIf(isLine("PERCH_ASKER"), "asks"),
            `Set(CALLERID(all)=${variable(`PJSIP_ENDPOINT(${variable("PERCH_WHO")},callerid)`)})`,
            // The dial plan ends the ringing, not Asterisk's transfer: see codes.ts.
            { label: "asks", step: `Set(PERCH_RING=${Math.trunc(askedRingSeconds)})` },
            `CELGenUserEvent(${KEYS_ASKED_EVENT},${variable("PERCH_ASKER")})`,
            "Goto(known)",
            { label: "sent", step: `Set(PERCH_WHO=${endpointIn("PERCH_SENDER")})` },
            { label: "known", step: `Set(PERCH_SEAT=${variable(`DB(${SEATS_FAMILY}/${variable("PERCH_WHO")})`)})` },
            goIf(isText("PERCH_SEAT", ""), "nobody"),
            goIf(isNotText("PERCH_SENDER", ""), "done"),
            ...bearSeat,
            { label: "spoken", step: goIf(isText(seatField("language"), ""), "done") },
            `Set(CHANNEL(language)=${variable(seatField("language"))})`,
            "Return()",
            {
              label: "nobody",
              step: goIf(isNotText(endpointMark, SHARED_MARK.value), "done"),
            },
            { label: "unknown", step: "Set(PERCH_IDLE=yes)" },
            { label: "done", step: "Return()" },
            { label: "stranger", step: "Hangup(21)" },
          ],
        ],
      ]),
    ),
    context(
      CALLEE_CONTEXT,
      new Map<string, Step[]>([
        [
          "s",
          [
            // A telephone has it from its endpoint; the line of a remote agent has none.
            `Set(TRANSFER_CONTEXT=${NUMBERS_CONTEXT})`,
            `Set(PERCH_SEAT=${variable(`DB(${SEATS_FAMILY}/${nameOfEndpoint("CHANNEL(name)")})`)})`,
            goIf(isText("PERCH_SEAT", ""), "spoken"),
            ...bearSeat,
            { label: "spoken", step: "Return()" },
          ],
        ],
      ]),
    ),
  ].join("\n");
}
