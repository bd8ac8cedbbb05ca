import type { Choice, Telephone } from "../../contract/views.ts";

/** A telephone of the administration with what is known live of it: registered or not, and by whom it is held. */
export function liveTelephone(row: Telephone, choice: Choice | undefined): Telephone {
  if (choice === undefined) return row;
  const { registered, heldBy = null } = choice;
  const same = registered === row.registered && heldBy?.id === row.heldBy?.id && heldBy?.since === row.heldBy?.since;
  return same ? row : { ...row, registered, heldBy, address: registered ? row.address : null };
}

/** Which telephones are other than before, or new. Before the first news there is nothing to compare: none are. */
export function changedIds(
  before: ReadonlyMap<number, Choice> | null,
  now: ReadonlyMap<number, Choice>,
): readonly number[] {
  if (before === null) return [];
  return [...now.values()].flatMap((one) => (isSame(before.get(one.id), one) ? [] : [one.id]));
}

function isSame(one: Choice | undefined, other: Choice): boolean {
  return (
    one === other ||
    (one !== undefined &&
      one.state === other.state &&
      one.registered === other.registered &&
      one.name === other.name &&
      one.internal === other.internal &&
      one.place === other.place &&
      one.heldBy?.id === other.heldBy?.id &&
      one.heldBy?.since === other.heldBy?.since)
  );
}

/** The list with what was read of some: put in place, new ones at the end, and gone where they are not there any more. */
export function withFresh(
  rows: readonly Telephone[],
  asked: readonly number[],
  fresh: readonly Telephone[],
): Telephone[] {
  const read = new Map(fresh.map((one) => [one.id, one]));
  const wanted = new Set(asked);
  const known = new Set(rows.map((row) => row.id));
  return [
    ...rows.flatMap((row) => (wanted.has(row.id) ? (read.get(row.id) ?? []) : row)),
    ...fresh.filter((one) => !known.has(one.id)),
  ];
}
