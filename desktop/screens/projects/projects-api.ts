import type { BlockKind, Flow, FlowIssue } from "../../../contract/flow.ts";
import type {
  CalledTrial,
  CalledTrialBody,
  Project,
  ProjectDraft,
  ProjectFile,
  ProjectRun,
  ProjectRunDetails,
  ProjectTraffic,
  ProjectVersion,
  ProjectVersionFlow,
  PublishBody,
  Trial,
  TrialInput,
} from "../../../contract/project-views.ts";
import type { Page } from "../../model/api.ts";
import { RefusalError } from "../../model/refusal-error.ts";
import { api } from "../desk.ts";

/** What is asked of the server about IVR projects. Each throws what the server or the line said. */
export const projectsApi = {
  kinds: () => api.get<Page<BlockKind>>("/blocks"),
  draft: (id: number) => api.get<ProjectDraft>(`/projects/${id}/draft`),
  saveDraft: (id: number, revision: number, flow: Flow) =>
    api.put<ProjectDraft>(`/projects/${id}/draft`, { revision, flow }),
  check: (flow: Flow) => api.post<{ issues: FlowIssue[] }>("/projects/check", flow),
  publish: (id: number, body: PublishBody) => api.post<Project>(`/projects/${id}/publish`, body),
  versions: (id: number) => api.get<Page<ProjectVersion>>(`/projects/${id}/versions`),
  version: (id: number, version: number) => api.get<ProjectVersionFlow>(`/projects/${id}/versions/${version}`),
  file: (id: number) => api.get<ProjectFile>(`/projects/${id}/file`),
  fromFile: (file: ProjectFile) => api.post<ProjectDraft>("/projects/file", file),
  traffic: (id: number, from: string, to: string) => api.get<ProjectTraffic>(`/projects/${id}/traffic`, { from, to }),
  runs: (id: number, from: string, to: string, cursor: string | null) =>
    api.get<Page<ProjectRun>>(`/projects/${id}/runs`, { from, to, cursor }),
  run: (id: number) => api.get<ProjectRunDetails>(`/project-runs/${id}`),
  beginTrial: (body: { flow: Flow; caller?: string; at?: string }) => api.post<Trial>("/trials", body),
  answerTrial: (id: string, input: TrialInput) => api.post<Trial>(`/trials/${encodeURIComponent(id)}`, input),
  beginCalledTrial: (body: CalledTrialBody) => api.post<CalledTrial>("/called-trials", body),
  calledTrial: (id: string) => api.get<CalledTrial>(`/called-trials/${encodeURIComponent(id)}`),
  endCalledTrial: (id: string) => api.delete(`/called-trials/${encodeURIComponent(id)}`),
  endTrial: (id: string) => api.delete(`/trials/${encodeURIComponent(id)}`),
};

/** Others of the same name that are passed over before giving up. */
const MOST_NAMESAKES = 20;

/** A new project of that flow; where the name is taken, with a number behind it. */
export async function makeProject(name: string, description: string, flow: Flow): Promise<ProjectDraft> {
  for (let number = 1; ; number++) {
    const called = number === 1 ? name.slice(0, 80) : `${name.slice(0, 76)} ${number}`;
    try {
      const made = await api.create("projects", { name: called, ...(description === "" ? {} : { description }) });
      return await projectsApi.saveDraft(made.id, made.revision, flow);
    } catch (error) {
      const taken = error instanceof RefusalError && error.code === "name.taken";
      if (!taken || number >= MOST_NAMESAKES) throw error;
    }
  }
}
