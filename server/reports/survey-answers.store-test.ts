import { afterAll, beforeAll, expect, it } from "vitest";
import { cellsOf, type ReportHouse, reportHouse } from "../../test/report-house.ts";

let house: ReportHouse;
const on = (time: string) => new Date(`2026-03-02T${time}Z`);
const DAY = { from: "2026-03-01T23:00:00Z", to: "2026-03-02T23:00:00Z" };

beforeAll(async () => {
  house = await reportHouse(new Date("2026-03-03T09:00:00Z"));
  const { anna, ben, desk11 } = house.staff;
  const { id: projectId } = await house.db
    .insertInto("projects")
    .values({ name: "Survey", draft: JSON.stringify({ blocks: [], notes: [] }), changed_at: on("08:00:00") })
    .returning("id")
    .executeTakeFirstOrThrow();
  const answered = async (linkedId: string, time: string, answer: string, more: object = {}) => {
    await house.db
      .insertInto("survey_answers")
      .values({
        ...{ project_id: projectId, block: "ask", linked_id: linkedId, question: "How was it?", at: on(time) },
        ...{ answer, label: answer, mark: Number(answer), ...more },
      })
      .execute();
  };
  // Anna took the first; Ben had the second from Anna; the third nobody answered; the fourth is talked after its answer.
  const first = await house.call(on("09:00:00"));
  await house.row(first, { at: on("09:00:00"), talkS: 60, user: desk11, seated: anna });
  await answered(first.linked_id, "09:02:00", "5");
  const second = await house.call(on("10:00:00"));
  await house.row(second, { at: on("10:00:00"), talkS: 60, user: anna });
  await house.row(second, { at: on("10:01:00"), talkS: 60, user: ben });
  await answered(second.linked_id, "10:03:00", "2");
  const third = await house.call(on("11:00:00"));
  await house.row(third, { at: on("11:00:00"), talkS: null });
  await answered(third.linked_id, "11:01:00", "0");
  const fourth = await house.call(on("12:00:00"));
  await answered(fourth.linked_id, "12:00:10", "4");
  await house.row(fourth, { at: on("12:01:00"), talkS: 60, user: ben });
  await answered(first.linked_id, "09:03:00", "1", { question: "Solved?", label: "Yes", mark: null });
});
afterAll(() => house?.end());

it("says how often, which mean and what share, by question and by answer", async () => {
  const questions = await house.ask("survey-answers", DAY);
  expect(cellsOf(questions, "question", "answers", "mean")).toEqual([
    ["How was it?", 4, 2.75],
    ["Solved?", 1, null],
  ]);
  expect(questions.totals).toMatchObject({ answers: 5, mean: 2.75 });
  const shares = questions.columns.filter(({ key }) => key.startsWith("share"));
  expect(shares.map(({ title }) => title)).toEqual(["0 %", "2 %", "4 %", "5 %", "Yes %"]);
  expect(cellsOf(questions, "share0", "share4")).toEqual([
    [25, 0],
    [0, 100],
  ]);
  const answers = await house.ask("survey-answers", { ...DAY, groupBy: "answer" });
  expect(cellsOf(answers, "answers")).toEqual([[1], [1], [1], [1], [1]]);
});

it("belongs to the agent who had talked last in the call, whoever it is disposed by", async () => {
  const agents = await house.ask("survey-answers", { ...DAY, groupBy: "agent" });
  expect(cellsOf(agents, "agent", "answers", "mean")).toEqual([
    ["anna", 2, 5],
    ["ben", 1, 2],
    ["Nobody", 2, 2],
  ]);
  const annas = await house.ask("survey-answers", { ...DAY, agentId: String(house.staff.anna) });
  expect(annas.totals).toMatchObject({ answers: 2 });
});
