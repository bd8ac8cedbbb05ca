import type { Telephone } from "../../contract/views.ts";
import type { Contact } from "../telephony.ts";
import { modelSeen } from "./device-profile.ts";
import type { TelephoneRow } from "./telephone-admin-store.ts";

const REASONS = ["disconnected", "taken-over", "released"] as const;

/** A telephone as an administrator sees it: what the database knows, and what the telephone system last said of it. */
export function telephoneView(row: TelephoneRow, contact: Contact | null): Telephone {
  const { holder_id: id, holder_name: name, held_since: since } = row;
  return {
    id: row.id,
    fullName: row.full_name,
    username: row.username,
    enabled: row.enabled,
    createdAt: row.created_at.toISOString(),
    internal: row.internal,
    place: row.place,
    ownerAgentId: row.owner_agent_id,
    model: row.model,
    registered: contact?.registered ?? false,
    address: contact?.address ?? null,
    roundTripMs: contact?.roundTripMs ?? null,
    userAgent: contact?.userAgent ?? null,
    modelSeen: modelSeen(contact?.userAgent ?? null),
    heldBy: id === null || name === null || since === null ? null : { id, name, since: since.toISOString() },
    lastUnclean: uncleanOf(row),
    lastTest:
      row.tested_at === null || row.test_outcome === null
        ? null
        : { at: row.tested_at.toISOString(), outcome: row.test_outcome },
  };
}

function uncleanOf(row: TelephoneRow): Telephone["lastUnclean"] {
  const { unclean_id: id, unclean_name: name, unclean_at: at } = row;
  const reason = REASONS.find((one) => one === row.unclean_reason);
  if (id === null || name === null || at === null || reason === undefined) return null;
  return { id, name, at: at.toISOString(), reason };
}
