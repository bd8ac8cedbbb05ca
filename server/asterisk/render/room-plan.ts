import { DIALOGUE_ROOM_CONTEXT, OUTCOME_VARIABLE, roomExtension, roomName } from "../names.ts";
import { context, goIf, isText, type Step, variable } from "./dial-plan.ts";
import { GUEST, MEMBER, ROOM, SILENT_MEMBER } from "./feature-plan.ts";
import { endRecording, recordsRoom } from "./recording-plan.ts";

/** Counts who is in a room, so that two who come at once are both counted before either is let in. */
const ROOM_GROUP = "perch-room";

/**
 * Where a dialogue lets somebody into a room: a subroutine. ARG1 is how many it takes at most, ARG2 whether there is
 * music for who is alone, ARG3 the key that leads out again, ARG4 whether he is recorded there. In a room of the house's
 * he is a guest, as whoever is sent there.
 */
export function roomPlan(records: boolean): string {
  const name = variable("EXTEN:1");
  const room = roomName(name);
  const group = `GROUP(${ROOM_GROUP})`;
  const member = variable(`IF($[${isText("ARG2", "yes")}]?${MEMBER}:${SILENT_MEMBER})`);
  const enter = (profile: string, digits: string): [string, Step[]] => [
    digits,
    [
      `Set(${OUTCOME_VARIABLE}=ROOM FULL)`,
      `Set(${group}=${name})`,
      goIf(`${variable(`GROUP_COUNT(${name}@${ROOM_GROUP})`)} > ${variable("ARG1")}`, "out"),
      // Telephones that dialled the room are counted by it alone.
      goIf(`0${variable(`CONFBRIDGE_INFO(parties,${room})`)} >= ${variable("ARG1")}`, "out"),
      "Set(CONFBRIDGE(menu,clear)=yes)",
      goIf(isText("ARG3", ""), "keyless"),
      `Set(CONFBRIDGE(menu,${variable("ARG3")})=leave_conference)`,
      { label: "keyless", step: `Set(${OUTCOME_VARIABLE}=ROOM FAILED)` },
      ...(records ? [recordsRoom("ARG4")] : []),
      `ConfBridge(${room},${ROOM},${profile})`,
      `Set(${OUTCOME_VARIABLE}=ROOM ${variable("CONFBRIDGE_RESULT")})`,
      ...(records ? endRecording("ARG4", "out") : []),
      { label: "out", step: `Set(${group}=)` },
      "Return()",
    ],
  ];
  return context(
    DIALOGUE_ROOM_CONTEXT,
    new Map([enter(GUEST, `_${roomExtension("[0-9]")}`), enter(member, `_${roomExtension("[0-9a-z]")}!`)]),
  );
}
