/**
 * What anybody dials on a telephone to do something with calls, or sends a caller to. One of its own is no call; what
 * it leads to is one.
 */

/** Alone: takes the call that rings in the same place. With a number behind it: the one that rings there. */
export const GROUP_PICKUP_CODE = "*8";
export const PICKUP_CODE = "*8";
/** With a digit behind it. Sending a caller there parks him in that place; dialling it takes him back. */
export const PARKING_CODE = "*7";
/** With a digit behind it: the room of that number, in which several talk. */
export const ROOM_CODE = "*9";

/** Whether a number that was dialled takes over a call that is somewhere else: a pickup, or a parked caller. */
export const takesOver = (dialled: string): boolean => /^\*(?:8(?:[0-9]{2,8})?|7[0-9])$/.test(dialled);

/** Whether a number is one of these codes: a pickup, a parking place, a room. */
export const isFeatureCode = (dialled: string): boolean => takesOver(dialled) || /^\*9[0-9]$/.test(dialled);
