import { expect, test } from "vitest";
import type { Agent } from "../../contract/views.ts";
import { paperPoolTelephone } from "../../test/paper-desk.ts";
import { firstSteps, type House } from "./first-steps.ts";

const empty: House = { queues: [], agents: [], telephones: [], trunks: [], inboundRoutes: [] };
const at = "2026-11-22T10:00:00.000Z";
const anna: Agent = {
  id: 1,
  fullName: "Anna Rossi",
  username: "anna",
  enabled: true,
  createdAt: at,
  email: null,
  internal: null,
  typology: "external",
  hotdesk: true,
  hasPin: false,
  teamId: null,
  remoteNumber: null,
  remoteAllowed: false,
  acceptByKey: true,
  callingNumberAllowed: false,
  language: null,
  callerId: null,
  whenAway: "busy",
  awayNumber: null,
  pinLockedUntil: null,
  queues: [],
};
const desk = paperPoolTelephone();
const done = (house: House) =>
  firstSteps(house)
    .filter((step) => step.done)
    .map((step) => step.id);

test("in an empty house nothing is done", () => {
  expect(done(empty)).toEqual([]);
});

test("an agent counts once he is in a queue", () => {
  expect(done({ ...empty, agents: [anna] })).toEqual([]);
  expect(done({ ...empty, agents: [{ ...anna, queues: [7] }] })).toEqual(["agent"]);
  expect(done({ ...empty, agents: [{ ...anna, queues: [7], enabled: false }] })).toEqual([]);
});

test("a telephone that exists and one that is registered are two things", () => {
  expect(done({ ...empty, telephones: [desk] })).toEqual(["telephone"]);
  expect(done({ ...empty, telephones: [{ ...desk, registered: true }] })).toEqual(["telephone", "registered"]);
});
