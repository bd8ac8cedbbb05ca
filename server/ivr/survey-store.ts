import type { Db } from "../db/pool.ts";
import type { SurveyAnswer } from "./block-house.ts";

/** Writes answers down, several in one statement. */
export async function insertAnswers(db: Db, answers: readonly SurveyAnswer[]): Promise<void> {
  const values = answers.map(({ linkedId, projectId, ...rest }) => ({
    linked_id: linkedId,
    project_id: projectId,
    ...rest,
  }));
  await db.insertInto("survey_answers").values(values).execute();
}
