/** A call that is open in the database, of which nothing was written for a while. */
export interface QuietCall {
  linkedId: string;
  startedAt: Date;
  /** Its last line; microseconds since 1970. */
  lastUs: number;
}

export interface LostCall {
  linkedId: string;
  startedAt: Date;
  endUs: number;
}

/** Of the quiet calls those that the telephone system does not have any more: they ended with their last line. */
export function lostCalls(live: readonly string[], quiet: readonly QuietCall[]): LostCall[] {
  const going = new Set(live);
  return quiet
    .filter(({ linkedId }) => !going.has(linkedId))
    .map(({ linkedId, startedAt, lastUs }) => ({ linkedId, startedAt, endUs: lastUs }));
}
