/** What kind of file of sound it is, as sox calls it. Opus in an Ogg file is a kind of its own. */
export type SoundKind = "wav" | "mp3" | "vorbis" | "opus" | "flac" | "aiff" | "au";

/** By the first bytes; whatever a file calls itself does not count, and no reader has to guess. Null: none that is known. */
export function soundKindOf(file: Buffer): SoundKind | null {
  const text = (from: number, to: number) => file.toString("latin1", from, to);
  if (text(0, 4) === "RIFF" && text(8, 12) === "WAVE") return "wav";
  if (text(0, 4) === "fLaC") return "flac";
  if (text(0, 4) === "OggS") return oggKind(file);
  if (text(0, 4) === "FORM" && /^AIF[FC]$/.test(text(8, 12))) return "aiff";
  if (text(0, 4) === ".snd") return "au";
  if (text(0, 3) === "ID3" || isMpegFrame(file)) return "mp3";
  return null;
}

/** The first page of an Ogg file holds one packet, which names what follows (RFC 3533; RFC 7845; Vorbis I, 4.2.1). */
function oggKind(file: Buffer): SoundKind | null {
  const packet = 27 + (file[26] ?? 0);
  if (file.toString("latin1", packet, packet + 8) === "OpusHead") return "opus";
  if (file.toString("latin1", packet + 1, packet + 7) === "vorbis") return "vorbis";
  return null;
}

/** Eleven bits set, layer II or III, a rate and a frequency that exist (ISO/IEC 11172-3, 2.4.2.3). */
function isMpegFrame(file: Buffer): boolean {
  const [first = 0, second = 0, third = 0] = file;
  const layer = (second >> 1) & 3;
  return (
    first === 0xff && second >= 0xe0 && (layer === 1 || layer === 2) && third >> 4 !== 15 && ((third >> 2) & 3) !== 3
  );
}
