import { afterAll, beforeAll, expect, it } from "vitest";
import { buildServer, type TestServer } from "../build.ts";
import { openLine, untilTrue } from "../live-line.ts";
import { until } from "../until.ts";

let server: TestServer;
beforeAll(async () => {
  server = await buildServer();
});
afterAll(() => server.stop());

it("everybody sees who waits in which queue, through renaming, a lost link and removal", async () => {
  const line = await openLine(server.url, server.admin.token);
  const shown = (id: number) => line.state.queues.find((one) => one.id === id);
  const queue = await server.make.queue({ name: "Desk 2" });
  const other = await server.make.queue({ name: "Desk 10" });
  await until("both queues are shown", () => shown(queue.id)?.waiting === 0 && shown(other.id)?.waiting === 0);
  expect(line.state.queues.map(({ name }) => name)).toEqual(["Desk 2", "Desk 10"]);

  const first = server.fake.joinQueue({ queueId: queue.id, number: "+39021" });
  const second = server.fake.joinQueue({ queueId: queue.id, number: "+39022" });
  await until("two wait", () => shown(queue.id)?.waiting === 2);
  const { longestSince } = shown(queue.id) ?? {};
  server.fake.leaveQueue(second);
  await until("one waits", () => shown(queue.id)?.waiting === 1);
  expect(shown(queue.id)?.longestSince).toBe(longestSince);
  await server.admin.patch(`/queues/${queue.id}`, { name: "Desk 20" });
  await until("the new name is shown", () => shown(queue.id)?.name === "Desk 20");
  await untilTrue(line, server.url, server.admin.token);

  server.fake.dropLink(true);
  await until("the line says that the link is down", () => line.state.telephony === "down");
  server.fake.leaveQueue(first);
  server.fake.joinQueue({ queueId: other.id, number: "+39023" });
  server.fake.accept();
  await until(
    "what happened meanwhile is shown",
    () => shown(queue.id)?.waiting === 0 && shown(other.id)?.waiting === 1,
  );
  await untilTrue(line, server.url, server.admin.token);

  expect(await server.admin.refused("DELETE", `/queues/${other.id}`)).toMatchObject({
    code: "reference.in-use",
    title: "One caller waits in this queue. Try again when nobody does.",
    waiting: 1,
  });
  await server.admin.remove(`/queues/${queue.id}`);
  await until("the removed queue is gone", () => shown(queue.id) === undefined);
  await untilTrue(line, server.url, server.admin.token);
  line.close();
});
