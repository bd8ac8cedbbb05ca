import { expect, it } from "vitest";
import { soundKindOf } from "./sound-kind.ts";

const page = (packet: string) =>
  Buffer.concat([
    Buffer.from("OggS"),
    Buffer.alloc(22),
    Buffer.from([1, packet.length]),
    Buffer.from(packet, "latin1"),
  ]);

it.each([
  ["wav", Buffer.from("RIFF\x24\0\0\0WAVEfmt ", "latin1")],
  ["flac", Buffer.from("fLaC\0\0\0\x22", "latin1")],
  ["vorbis", page("\x01vorbis\0\0\0\0")],
  ["opus", page("OpusHead\x01")],
  ["aiff", Buffer.from("FORM\0\0\0\0AIFFCOMM", "latin1")],
  ["aiff", Buffer.from("FORM\0\0\0\0AIFCCOMM", "latin1")],
  ["au", Buffer.from(".snd\0\0\0\x18", "latin1")],
  ["mp3", Buffer.from("ID3\x04\0\0", "latin1")],
  ["mp3", Buffer.from([0xff, 0xfb, 0x90, 0x00])],
  ["mp3", Buffer.from([0xff, 0xf3, 0x40, 0xc4])],
])("%s is known by how it begins", (kind, file) => {
  expect(soundKindOf(file)).toBe(kind);
});

it.each([
  ["nothing", Buffer.alloc(0)],
  ["a page", Buffer.from("<!doctype html>")],
  ["a picture", Buffer.from("\x89PNG\r\n\x1a\n", "latin1")],
  ["a list of other files", Buffer.from("#EXTM3U\n/etc/passwd\n")],
  ["a film", Buffer.from("\0\0\0\x20ftypisom", "latin1")],
  ["video in an Ogg file", page("\x80theora")],
  ["an Ogg file that is cut off", Buffer.from("OggS")],
  ["another kind of RIFF", Buffer.from("RIFF\x24\0\0\0AVI LIST", "latin1")],
  ["text of two marks", Buffer.from([0xff, 0xfe, 0x41, 0x00])],
])("%s is no sound", (_, file) => {
  expect(soundKindOf(file)).toBeNull();
});
