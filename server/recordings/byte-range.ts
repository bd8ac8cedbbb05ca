/** Which bytes are asked for: all, a stretch, or a stretch that is not there. */
export type ByteRange = { kind: "all" } | { kind: "part"; from: number; length: number } | { kind: "beyond" };

/**
 * Reads a Range header for something of `size` bytes (RFC 9110, 14). One stretch is answered; several at once, other
 * units and what cannot be read are ignored, as the RFC allows: all of it is the answer then. `ifRange` is what the
 * asker has of it: where that is not `tag`, all of it as well. Pure.
 */
export function byteRange(
  header: string | undefined,
  size: number,
  { ifRange, tag }: { ifRange: string | undefined; tag: string },
): ByteRange {
  if (header === undefined || (ifRange !== undefined && ifRange !== tag)) return { kind: "all" };
  const match = /^bytes=\s*([0-9]{0,15})-([0-9]{0,15})\s*$/i.exec(header);
  const [, first = "", last = ""] = match ?? [];
  if (match === null || (first === "" && last === "")) return { kind: "all" };
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? { kind: "beyond" } : { kind: "part", from: size - length, length };
  }
  const from = Number(first);
  if (last !== "" && Number(last) < from) return { kind: "all" };
  if (from >= size) return { kind: "beyond" };
  const to = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return { kind: "part", from, length: to - from + 1 };
}
