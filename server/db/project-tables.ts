import type { Generated } from "kysely";
import type { Flow } from "../../contract/flow.ts";
import type { RunEnding, RunStep } from "../../contract/project-views.ts";
import type { CreatedAt, Id, Json, Maybe } from "./column-types.ts";

/** The tables of IVR projects and of who was led through them. */
export interface ProjectTables {
  projects: {
    id: Id;
    name: string;
    description: Generated<string>;
    draft: Json<Flow>;
    revision: Generated<number>;
    published: Maybe<number>;
    changed_at: Date;
    changed_by: Maybe<number>;
    created_at: CreatedAt;
    deleted_at: Maybe<Date>;
  };
  project_versions: {
    project_id: number;
    version: number;
    flow: Json<Flow>;
    revision: number;
    note: Generated<string>;
    published_at: Date;
    published_by: Maybe<number>;
  };
  project_runs: {
    id: Id;
    project_id: number;
    version: Maybe<number>;
    channel_id: string;
    linked_id: string;
    caller: string;
    dialled: string;
    started_at: Date;
    ended_at: Maybe<Date>;
    ending: Maybe<RunEnding>;
    block: Maybe<string>;
    steps: Json<RunStep[]>;
    variables: Json<Record<string, string>>;
    trial: Generated<boolean>;
  };
  survey_answers: {
    id: Id;
    project_id: number;
    block: string;
    linked_id: string;
    question: string;
    answer: string;
    label: string;
    mark: Maybe<number>;
    at: Date;
  };
  project_exits: { project_id: number; hour: Date; block: string; exit: string; taken: number };
}
