import type { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import Type from "typebox";
import type { Audio } from "../recordings/locked-audio.ts";

const TYPES = { mp3: "audio/mpeg", wav: "audio/wav" } as const;

/** How a route that answers voice says so. */
export const AUDIO_ANSWER = (description: string) => ({
  200: { description, content: { "audio/mpeg": { schema: Type.Unsafe<Readable>(Type.String()) } } },
});

/** Answers with voice: all of it or the stretch that was asked for (RFC 9110, 14), to be played or to be kept. */
export function sendAudio<Reply extends Pick<FastifyReply, "header" | "type" | "code" | "send">>(
  reply: Reply,
  { range, bytes, tag, format, fileName, stream }: Audio,
  download: boolean,
): Reply {
  reply.header("accept-ranges", "bytes");
  reply.header("etag", tag);
  reply.header("cache-control", "private, no-store");
  if (range.kind === "beyond") {
    reply.header("content-range", `bytes */${bytes}`);
    reply.code(416);
    reply.send();
    return reply;
  }
  reply.type(TYPES[format]);
  if (download) reply.header("content-disposition", attachment(fileName));
  reply.header("content-length", range.kind === "part" ? range.length : bytes);
  if (range.kind === "part") {
    reply.header("content-range", `bytes ${range.from}-${range.from + range.length - 1}/${bytes}`);
    reply.code(206);
  }
  reply.send(stream);
  return reply;
}

/** The name in both forms: plain letters for old programs, all of them for the others (RFC 6266, 4.3). */
function attachment(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/[^\x20-\x7e]/g, "")
    .replaceAll(/["\\]/g, "");
  const whole = encodeURIComponent(name).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
