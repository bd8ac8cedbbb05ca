import type { Readable } from "node:stream";
import Type from "typebox";
import type { FileFormat, ReportFile } from "../reports/report-file.ts";

const TYPES: Record<FileFormat, string> = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** A file in the description of an answer. */
export const fileAnswer = (format: FileFormat) => ({
  description: "The rows",
  content: { [TYPES[format]]: { schema: Type.Unsafe<Readable>(Type.String()) } },
});

interface FileReply {
  type(contentType: string): unknown;
  header(name: string, value: string): unknown;
  send(payload: Readable): unknown;
}

/** Answers with a file that is made while it is read. Names of files are ours: plain letters. */
export function sendFile<R extends FileReply>(reply: R, { name, type, stream }: ReportFile): R {
  reply.type(type);
  reply.header("content-disposition", `attachment; filename="${name}"`);
  reply.send(stream);
  return reply;
}
