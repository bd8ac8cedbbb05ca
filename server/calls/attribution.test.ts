import { expect, test } from "vitest";
import { stayAt, userOf } from "./attribution.ts";

const [telephone, owner, seated, disposer] = [1, 2, 3, 4];

test.each([
  // telephone, owner, seated, disposed by → user; user where undisposed calls are the seated agent's
  ["reached no telephone", null, null, null, null, null, null],
  ["shared, nobody there", telephone, null, null, null, telephone, telephone],
  ["shared, not disposed", telephone, null, seated, null, telephone, seated],
  ["shared, disposed by who sat there", telephone, null, seated, seated, seated, seated],
  ["shared, disposed by another", telephone, null, seated, disposer, disposer, disposer],
  ["shared, nobody there, disposed", telephone, null, null, disposer, disposer, disposer],
  ["personal, not disposed", telephone, owner, owner, null, owner, owner],
  ["personal, nobody logged in", telephone, owner, null, null, owner, owner],
  ["personal, disposed", telephone, owner, owner, owner, owner, owner],
] as const)("a call that %s", (_what, telephoneId, ownerAgentId, seatedAgentId, disposedAgentId, user, seatedUser) => {
  const facts = { telephoneId, ownerAgentId, seatedAgentId, disposedAgentId };
  expect(userOf(facts, "telephone")).toBe(user);
  expect(userOf(facts, "seated-agent")).toBe(seatedUser);
});

test("whoever comes at the instant another leaves, sits there", () => {
  const stays = [
    { who: "anna", fromMs: 0, untilMs: 100 },
    { who: "ben", fromMs: 100, untilMs: 200 },
    { who: "carla", fromMs: 300, untilMs: null },
  ];
  const at = (ms: number) => stayAt(stays, ms)?.who ?? null;
  expect([-1, 0, 99, 100, 199, 200, 299, 300, 1e15].map(at)).toEqual([
    ...[null, "anna", "anna", "ben", "ben"],
    ...[null, null, "carla", "carla"],
  ]);
});
