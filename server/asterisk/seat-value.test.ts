// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of a dial plan look like this
import { expect, it } from "vitest";
import type { Seat } from "../telephony.ts";
import { readSeat, writeSeat } from "./seat-value.ts";

const anna: Seat = {
  endpoint: "desk1",
  agentId: 7,
  agentName: "Anna Müller",
  internal: "201",
  callerId: "+39055123",
  language: "it",
};

it("reads what it wrote", () => {
  const bare = { ...anna, internal: null, callerId: null, language: null };
  for (const seat of [anna, bare]) expect(readSeat("desk1", writeSeat(seat))).toEqual(seat);
});

it("keeps of a name what means nothing in a dial plan", () => {
  expect(writeSeat({ ...anna, agentName: 'Anna "The|Boss", ${EXTEN}' })).toBe("7|201|+39055123|it|Anna TheBoss EXTEN");
});

it("takes nothing else for a seat", () => {
  for (const value of ["", "7", "x|201|||Anna", "7|201|||An|na", "7|201||de|Anna", "7|20;1|||Anna"]) {
    expect(readSeat("desk1", value)).toBeNull();
  }
});
