import type { Choice, Telephone } from "../../contract/views.ts";

/** A telephone of the administration with what is known live of it: registered or not, and by whom it is held. */
export function liveTelephone(row: Telephone, choice: Choice | undefined): Telephone {
  if (choice === undefined) return row;
  const { registered, heldBy = null } = choice;
  const same = registered === row.registered && heldBy?.id === row.heldBy?.id && heldBy?.since === row.heldBy?.since;
  return same ? row : { ...row, registered, heldBy, address: registered ? row.address : null };
}
