import { byPlaceAndName, choiceForMe } from "../../contract/snapshot.ts";
import type { Choice } from "../../contract/views.ts";
import { type ChoiceViewer, isListed, type TelephoneRow } from "./choice.ts";

/** A telephone in the list: its row and what it is to somebody who chooses. */
export interface ListedTelephone {
  row: TelephoneRow;
  choice: Choice;
}

/** Rows a block: a change costs the encoding of one. */
const BLOCK = 256;

/**
 * All telephones in the order of the list, with their JSON kept ready: an answer of 10,000 telephones is some 40
 * prepared buffers, sent one after the other: nothing is encoded, and nothing is copied for the collector to clear up. Shared telephones look the same to everybody; personal ones are few for
 * each agent and are woven in.
 */
export interface ChoiceList {
  /** Puts in or replaces; null takes out. */
  set(id: number, telephone: ListedTelephone | null): void;
  get(id: number): ListedTelephone | null;
  replaceAll(telephones: ListedTelephone[]): void;
  setNoneRegistered(noneRegistered: boolean): void;
  all(): readonly ListedTelephone[];
  /** The body of `GET /telephones/choices` for this viewer, in pieces: UTF-8 JSON. They may be sent, not changed. */
  encode(viewer: ChoiceViewer): Buffer[];
}

/** One order of telephones with its blocks of encoded rows. */
class Order {
  items: ListedTelephone[] = [];
  private blocks: (Buffer | null)[] = [];

  replaceAll(telephones: ListedTelephone[]): void {
    this.items = telephones.toSorted(compare);
    this.forget(0, true);
  }

  /** Forgets what was encoded of the block a place is in, and of all later ones where places have shifted. */
  private forget(place: number, later: boolean): void {
    const block = Math.floor(place / BLOCK);
    this.blocks.length = Math.ceil(this.items.length / BLOCK);
    this.blocks.fill(null, block, later ? this.blocks.length : block + 1);
  }

  /** Where it stands, or would stand: the first place not before it. */
  private placeOf(telephone: ListedTelephone): number {
    let [low, high] = [0, this.items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = this.items[middle];
      if (there !== undefined && compare(there, telephone) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  set(before: ListedTelephone | null, after: ListedTelephone | null): void {
    const from = before === null ? null : this.placeOf(before);
    if (from !== null && after !== null && before !== null && compare(before, after) === 0) {
      this.items[from] = after;
      this.forget(from, false);
      return;
    }
    if (from !== null) {
      this.items.splice(from, 1);
      this.forget(from, true);
    }
    if (after !== null) {
      const to = this.placeOf(after);
      this.items.splice(to, 0, after);
      this.forget(to, true);
    }
  }

  forgetAll(): void {
    this.forget(0, true);
  }

  /** The rows as JSON, each ended by a comma, in pieces; `more` telephones stand among them where they belong. */
  encoded(noneRegistered: boolean, more: ListedTelephone[] = []): Buffer[] {
    const blocks = Math.max(Math.ceil(this.items.length / BLOCK), 1);
    const woven = Map.groupBy(more, (one) => Math.min(Math.floor(this.placeOf(one) / BLOCK), blocks - 1));
    return Array.from({ length: blocks }, (_, block) => {
      const here = woven.get(block);
      if (here === undefined) return this.block(block, noneRegistered);
      return encodeRows([...this.rowsOf(block), ...here].sort(compare), noneRegistered);
    });
  }

  private rowsOf(block: number): ListedTelephone[] {
    return this.items.slice(block * BLOCK, (block + 1) * BLOCK);
  }

  private block(block: number, noneRegistered: boolean): Buffer {
    const kept = this.blocks[block] ?? encodeRows(this.rowsOf(block), noneRegistered);
    this.blocks[block] = kept;
    return kept;
  }
}

function compare(a: ListedTelephone, b: ListedTelephone): number {
  return byPlaceAndName(a.choice, b.choice);
}

function encodeRows(telephones: ListedTelephone[], noneRegistered: boolean): Buffer {
  return Buffer.from(
    telephones.map(({ choice }) => `${JSON.stringify(choiceForMe(choice, noneRegistered))},`).join(""),
  );
}

/** The pieces of an answer's body. Every row ends with a comma; the last one's is left out. */
function body(rows: Buffer[], noneRegistered: boolean): Buffer[] {
  const head = Buffer.from(`{"noneRegistered":${noneRegistered},"telephones":[`);
  const full = rows.filter((piece) => piece.length > 0);
  const last = full.pop();
  return [head, ...full, ...(last === undefined ? [] : [last.subarray(0, last.length - 1)]), Buffer.from("]}")];
}

/** An empty list. */
export function createChoiceList(): ChoiceList {
  const everything = new Order();
  const shared = new Order();
  const byId = new Map<number, ListedTelephone>();
  const byOwner = new Map<number, Set<number>>();
  let noneRegistered = false;

  const own = (ownerAgentId: number | null, id: number, add: boolean) => {
    if (ownerAgentId === null) return;
    const ids = byOwner.get(ownerAgentId) ?? new Set<number>();
    if (add) ids.add(id);
    else ids.delete(id);
    if (ids.size === 0) byOwner.delete(ownerAgentId);
    else byOwner.set(ownerAgentId, ids);
  };
  const ifShared = (telephone: ListedTelephone | null) => (telephone?.row.ownerAgentId === null ? telephone : null);
  const ifDevice = (telephone: ListedTelephone | null) =>
    telephone !== null && isListed(telephone.row, "all") ? telephone : null;
  const piecesFor = (viewer: ChoiceViewer): Buffer[] => {
    if (viewer === "all") return everything.encoded(noneRegistered);
    const personal = [...(byOwner.get(viewer.agentId) ?? [])].flatMap((id) => byId.get(id) ?? []);
    return viewer.hotdesk
      ? shared.encoded(noneRegistered, personal)
      : [encodeRows(personal.sort(compare), noneRegistered)];
  };

  return {
    set(id, telephone) {
      const before = byId.get(id) ?? null;
      if (ifDevice(before) !== null || ifDevice(telephone) !== null)
        everything.set(ifDevice(before), ifDevice(telephone));
      if (ifShared(before) !== null || ifShared(telephone) !== null) shared.set(ifShared(before), ifShared(telephone));
      if (before !== null) own(before.row.ownerAgentId, id, false);
      if (telephone === null) byId.delete(id);
      else {
        byId.set(id, telephone);
        own(telephone.row.ownerAgentId, id, true);
      }
    },
    get: (id) => byId.get(id) ?? null,
    replaceAll(telephones) {
      everything.replaceAll(telephones.filter((one) => ifDevice(one) !== null));
      shared.replaceAll(telephones.filter((one) => ifShared(one) !== null));
      byId.clear();
      byOwner.clear();
      for (const telephone of telephones) {
        byId.set(telephone.row.id, telephone);
        own(telephone.row.ownerAgentId, telephone.row.id, true);
      }
    },
    setNoneRegistered(next) {
      if (next === noneRegistered) return;
      noneRegistered = next;
      everything.forgetAll();
      shared.forgetAll();
    },
    all: () => [...byId.values()],
    encode: (viewer) => body(piecesFor(viewer), noneRegistered),
  };
}
