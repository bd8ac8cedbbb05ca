import { Button } from "@mantine/core";
import { IconDownload, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { type Query, withQuery } from "../../model/api.ts";
import { ErrorLine } from "../../ui/blank.tsx";

const FORMATS = [
  { format: "csv", label: "CSV" },
  { format: "xlsx", label: "Excel" },
] as const;

/** Bytes in our memory; what is in a blob the browser keeps on its disk where it is much. */
const MOST_HELD = 8_000_000;

/** The files of a report. How much has come is told while it comes, and it can be broken off. `name` is the file's, else the report's. */
export function FileButtons(props: { report: string; asked: Query; name?: string }) {
  const [under, setUnder] = useState<{ format: string; bytes: number } | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const fetchFile = async (format: string) => {
    const control = new AbortController();
    stop.current = control;
    setFailure(null);
    setUnder({ format, bytes: 0 });
    try {
      const pieces = await piecesOf(
        withQuery(`/api/v1/reports/${props.report}.${format}`, props.asked),
        control.signal,
        (bytes) => setUnder({ format, bytes }),
      );
      save(new Blob(pieces), `${props.name ?? props.report}.${format}`);
    } catch (error) {
      if (!control.signal.aborted) setFailure(error);
    } finally {
      setUnder(null);
    }
  };

  return (
    <>
      <ErrorLine error={failure} />
      {under === null ? (
        FORMATS.map(({ format, label }) => (
          <Button
            key={format}
            leftSection={<IconDownload size={16} aria-hidden="true" />}
            onClick={() => void fetchFile(format)}
          >
            {label}
          </Button>
        ))
      ) : (
        <Button leftSection={<IconX size={16} aria-hidden="true" />} onClick={() => stop.current?.abort()}>
          <span role="status">{sizeText(under.bytes)}</span>
          <span className="for-readers">, break off</span>
        </Button>
      )}
    </>
  );
}

async function piecesOf(address: string, signal: AbortSignal, tell: (bytes: number) => void): Promise<BlobPart[]> {
  const answer = await fetch(address, { credentials: "same-origin", signal });
  if (!answer.ok || answer.body === null) {
    const problem: unknown = await answer.json().catch(() => null);
    const title: unknown = typeof problem === "object" && problem !== null ? Reflect.get(problem, "title") : null;
    throw new Error(typeof title === "string" ? title : "The file could not be made. Try again.");
  }
  const blobs: Blob[] = [];
  let pieces: BlobPart[] = [];
  let held = 0;
  let bytes = 0;
  const reader = answer.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    pieces.push(read.value);
    held += read.value.length;
    bytes += read.value.length;
    if (held >= MOST_HELD) {
      blobs.push(new Blob(pieces));
      pieces = [];
      held = 0;
    }
    tell(bytes);
  }
  return [...blobs, ...pieces];
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it in its own time; a minute is more than any disk needs.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
