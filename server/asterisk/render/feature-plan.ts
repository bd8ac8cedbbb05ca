import { GROUP_PICKUP_CODE, PARKING_CODE, PICKUP_CODE, ROOM_CODE } from "../../feature-code.ts";
import type { AgentNumberConfig, TelephoneConfig } from "../../telephony-config.ts";
import {
  CALLEE_CONTEXT,
  NUMBERS_FAMILY,
  PARK_BACK_CONTEXT,
  PARKING_LOT,
  PICKUP_CONTEXT,
  roomName,
  SEATS_FAMILY,
  telephoneInterface,
} from "../names.ts";
import { type ConfigFile, confFile, confName, section } from "./conf.ts";
import { CALLED_KEYS, context, goIf, isNotText, isText, type Step, variable } from "./dial-plan.ts";
import { seatField, WHO_DIALS } from "./seat-plan.ts";

/** How long somebody is parked before the telephone that parked him rings, and for how long it does. */
const PARKED_SECONDS = 90;
const BACK_SECONDS = 30;
/** After so many rounds of parking and ringing back nobody wants him: two hours and a half. */
const MOST_ROUNDS = 75;

const MOST_IN_A_ROOM = 30;

/** 21 is "call rejected", 20 "subscriber absent" (Q.850). */
const REFUSED: Step = { label: "refused", step: "Hangup(21)" };
const NOBODY = "Hangup(20)";

/** Nobody comes here by a device that forwards, or by whoever asks before he sends his caller on. */
const SENT_OR_ASKED = `${isNotText("PERCH_SENDER", "")} | ${isNotText("PERCH_ASKER", "")}`;

/**
 * Takes a call that rings elsewhere, puts one by and takes it back, and talks with several. Only telephones come here;
 * a caller from outside gets into a place or a room because somebody sends him, and to a pickup not at all.
 */
export const pickupExtensions = (): Map<string, Step[]> =>
  new Map([
    [GROUP_PICKUP_CODE, [WHO_DIALS, goIf(isNotText("PERCH_SENDER", ""), "refused"), "Pickup()", NOBODY, REFUSED]],
  ]);

export function placeExtensions(): Map<string, Step[]> {
  const place = `7${variable(`EXTEN:${PARKING_CODE.length}`)}`;
  const room = roomName(variable(`EXTEN:${ROOM_CODE.length}`));
  return new Map<string, Step[]>([
    [
      `_${PARKING_CODE}X`,
      [
        WHO_DIALS,
        goIf(isNotText("BLINDTRANSFER", ""), "park"),
        // A device that forwards its callers here by itself would put them by without anybody knowing.
        goIf(SENT_OR_ASKED, "refused"),
        `ParkedCall(${PARKING_LOT},${place})`,
        NOBODY,
        { label: "park", step: `Set(PARKINGEXTEN=${place})` },
        ...park("taken"),
        REFUSED,
      ],
    ],
    [
      `_${ROOM_CODE}X`,
      [
        WHO_DIALS,
        goIf(isNotText("BLINDTRANSFER", ""), "guest"),
        goIf(SENT_OR_ASKED, "refused"),
        `ConfBridge(${room},${ROOM},${INSIDE})`,
        "Hangup(16)",
        { label: "guest", step: `ConfBridge(${room},${ROOM},${GUEST})` },
        "Hangup(16)",
        REFUSED,
      ],
    ],
  ]);
}

/** In the place that is asked for; where somebody stands there already, in any that is free. */
function park(taken: string): Step[] {
  return [
    `Park(${PARKING_LOT},s)`,
    { label: taken, step: "Set(PARKINGEXTEN=)" },
    `Park(${PARKING_LOT},s)`,
    // All are taken: back to whoever sent him.
    `Goto(${PARK_BACK_CONTEXT},s,1)`,
  ];
}

/** The call that rings at a telephone. */
export const pickupAtTelephone = (endpoint: string): Step[] => [
  `Gosub(${PICKUP_CONTEXT},s,1(${telephoneInterface(confName(endpoint))}))`,
];

/** The one that rings where that agent sits. */
export const pickupAtAgent = ({ internal }: AgentNumberConfig): Step[] => [
  `Set(PERCH_AT=${variable(`DB(${NUMBERS_FAMILY}/${internal})`)})`,
  `Set(PERCH_AT_SEAT=${variable(`DB(${SEATS_FAMILY}/${variable("PERCH_AT")})`)})`,
  goIf(isNotText(seatField("internal", "PERCH_AT_SEAT"), internal), "refused"),
  `Gosub(${PICKUP_CONTEXT},s,1(PJSIP/${variable("PERCH_AT")}))`,
  REFUSED,
];

export const pickupExtension = (internal: string): string => `${PICKUP_CODE}${internal}`;

/** What the extensions above lead to. */
export function featurePlan(): string {
  return [
    context(
      PICKUP_CONTEXT,
      new Map<string, Step[]>([
        [
          "s",
          [
            WHO_DIALS,
            goIf(isNotText("PERCH_SENDER", ""), "refused"),
            `PickupChan(${variable("ARG1")},p)`,
            NOBODY,
            REFUSED,
          ],
        ],
      ]),
    ),
    context(
      PARK_BACK_CONTEXT,
      new Map<string, Step[]>([
        [
          "s",
          [
            `Set(PERCH_ROUND=$[0${variable("PERCH_ROUND")} + 1])`,
            goIf(`${variable("PERCH_ROUND")} > ${MOST_ROUNDS}`, "over"),
            goIf(isText("PARKER", ""), "over"),
            `Dial(${variable("PARKER")},${BACK_SECONDS},b(${CALLEE_CONTEXT}^s^1)${CALLED_KEYS})`,
            // Nobody came to the telephone: he is parked again.
            `Set(PARKINGEXTEN=${variable("PARKINGSLOT")})`,
            ...park("taken"),
            { label: "over", step: "Hangup(19)" },
          ],
        ],
      ]),
    ),
  ].join("\n");
}

export const ROOM = "perch-room";
const INSIDE = "perch-inside";
export const GUEST = "perch-guest";
/** Of a room that a project leads to: everybody is there in his own right. `SILENT`: without music while he is alone. */
export const MEMBER = "perch-member";
export const SILENT_MEMBER = "perch-silent-member";

/** Where calls are put by and where several talk: read when Asterisk starts. */
export function renderFeatures(): ConfigFile[] {
  return [
    confFile("res_parking.conf", [
      section("general", []),
      section(PARKING_LOT, [
        ["parkpos", "70-79"],
        ["parkingtime", PARKED_SECONDS],
        // He goes on in our dial plan, which rings the telephone that parked him under the caller's name.
        ["comebacktoorigin", "no"],
        ["comebackcontext", PARK_BACK_CONTEXT],
        ["parkedmusicclass", "default"],
        // Keys of whoever is parked mean nothing; the telephone that takes him back may press the codes of a transfer.
        ["parkedcalltransfers", "caller"],
        ["parkedcallreparking", "no"],
        ["parkedcallhangup", "no"],
        ["parkedcallrecording", "no"],
      ]),
    ]),
    confFile("confbridge.conf", [
      section("general", []),
      section(ROOM, [
        ["type", "bridge"],
        ["max_members", MOST_IN_A_ROOM],
      ]),
      section(INSIDE, [
        ["type", "user"],
        ["marked", "yes"],
        // Those who are there hear somebody come; he himself need not wait for the end of it.
        ["hear_own_join_sound", "no"],
        ["music_on_hold_when_empty", "yes"],
        ["announce_only_user", "no"],
      ]),
      // Waits for a telephone, and goes when the last one does: guests do not talk at the expense of the house.
      section(GUEST, [
        ["type", "user"],
        ["wait_marked", "yes"],
        ["end_marked", "yes"],
        ["hear_own_join_sound", "no"],
        ["music_on_hold_when_empty", "yes"],
        ["announce_only_user", "no"],
      ]),
      ...[MEMBER, SILENT_MEMBER].map((name) =>
        section(name, [
          ["type", "user"],
          ["hear_own_join_sound", "no"],
          ["music_on_hold_when_empty", name === MEMBER ? "yes" : "no"],
          ["announce_only_user", "no"],
        ]),
      ),
    ]),
  ];
}

/** Telephones in the same place take each other's calls. Names of places hold anything, so a number stands for each. */
export function pickupGroups(telephones: readonly TelephoneConfig[]): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  for (const place of telephones.map((each) => each.place).sort()) {
    if (place !== null && !groups.has(place)) groups.set(place, `place${groups.size + 1}`);
  }
  return groups;
}
