import { Refusal } from "../refusal.ts";

/** The place of a row in a list by its start, the newest first. */
export interface InstantCursor {
  startedMs: number;
  id: number;
}

export const writeInstantCursor = ({ startedMs, id }: InstantCursor): string =>
  Buffer.from(`${startedMs}.${id}`).toString("base64url");

/** A cursor that we did not make is refused. */
export function readInstantCursor(cursor: string): InstantCursor | Refusal {
  const match = /^(-?[0-9]{1,15})\.([0-9]{1,15})$/.exec(Buffer.from(cursor, "base64url").toString("latin1"));
  const [startedMs, id] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || Math.abs(startedMs) > 8.64e15) {
    return new Refusal("request.invalid", "The cursor is not one that a list has given out.");
  }
  return { startedMs, id };
}
