import {
  type BlockKind,
  type Flow,
  type FlowIssue,
  OPTION_REFERENCES,
  type OptionReference,
} from "../../contract/flow.ts";
import type {
  Project,
  ProjectBody,
  ProjectDraft,
  ProjectFile,
  ProjectVersion,
  ProjectVersionFlow,
  PublishBody,
} from "../../contract/project-views.ts";
import type { Clock } from "../clock.ts";
import { headerSecretNames } from "../connections/house-secret-store.ts";
import type { Database, Db } from "../db/pool.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import type { Actor } from "../staff/permission.ts";
import { checkFlow, referencesOf, rereferenced } from "./flow-check.ts";
import {
  findProject,
  findVersion,
  insertProject,
  insertVersion,
  listProjects,
  listVersions,
  lockProject,
  publishVersion,
  readNames,
  removeProject,
  renameProject,
  type StoredProject,
  saveDraft,
  usesOfProject,
} from "./project-store.ts";

export interface ProjectService extends Administered<ProjectBody, Project> {
  draft(id: number): Promise<ProjectDraft | Refusal>;
  /** Saves a draft that began from `revision`; refused where somebody else has saved since. */
  saveDraft(actor: Actor, id: number, wish: { revision: number; flow: Flow }): Promise<ProjectDraft | Refusal>;
  /** What is wrong with a flow, in this house. */
  check(flow: Flow): Promise<FlowIssue[]>;
  /** Makes the draft the version that callers go through, or goes back to an older one. */
  publish(actor: Actor, id: number, wish: PublishBody): Promise<Project | Refusal>;
  versions(id: number): Promise<ProjectVersion[] | Refusal>;
  version(id: number, version: number): Promise<ProjectVersionFlow | Refusal>;
  /** The draft as a file, for another house. */
  file(id: number): Promise<ProjectFile | Refusal>;
  /** A new project from such a file: what it refers to is found by name, and what is not stays open. */
  fromFile(actor: Actor, file: ProjectFile): Promise<ProjectDraft | Refusal>;
}

const MOST_VERSIONS = 500;
const EMPTY: Flow = { blocks: [{ id: "start", type: "start", options: {}, exits: {}, at: { x: 0, y: 0 } }], notes: [] };

/** So many files of one name are taken in, each with another number behind it; names have 80 signs at most. */
const MOST_ALIKE = 50;
const numbered = (name: string, nth: number): string => `${[...name].slice(0, 75).join("")} (${nth})`;

const unknown = (id: number) => new Refusal("not-found", `There is no project ${id}.`);

/** IVR projects as they are drawn: their drafts and what is published of them. */
export function createProjectService(deps: {
  db: Database;
  clock: Clock;
  changes: ChangeService;
  kinds: ReadonlyMap<string, BlockKind>;
  /** Told what callers go through from now on. */
  published(flow: Flow): void;
}): ProjectService {
  const { db, clock, changes, kinds } = deps;

  /** The names of everything a flow refers to. */
  const namesIn = (tx: Db, flow: Flow) => {
    const wanted = new Map<OptionReference, number[]>();
    for (const { kind, id } of referencesOf(flow, kinds)) wanted.set(kind, [...(wanted.get(kind) ?? []), id]);
    return readNames(tx, wanted);
  };
  const issuesOf = async (tx: Db, flow: Flow): Promise<FlowIssue[]> => {
    const names = await namesIn(tx, flow);
    const nameOf = (kind: OptionReference, id: number) => names.get(kind)?.find((one) => one.id === id)?.name ?? null;
    return checkFlow(flow, kinds, nameOf, await headerSecretNames(tx));
  };
  const shown = async (tx: Db, { view, flow }: StoredProject): Promise<ProjectDraft> => ({
    ...view,
    flow,
    issues: await issuesOf(tx, flow),
  });
  const changing = (actor: Actor) => ({ by: actor.staffId, at: clock.now() });
  const read = async (tx: Db, id: number) => (await findProject(tx, id)) ?? unknown(id);
  const locked = async (tx: Db, id: number) => ((await lockProject(tx, id)) ? read(tx, id) : unknown(id));
  const subject = (id: number) => `project ${id}`;

  const make = (actor: Actor, wish: { name: string; description: string; flow: Flow }) =>
    changes.run<ProjectDraft>(actor, async (tx) => {
      const id = await insertProject(tx, { ...wish, ...changing(actor) });
      const made = await read(tx, id);
      if (made instanceof Refusal) return made;
      const result = await shown(tx, made);
      return { result, action: "project.create", subject: subject(id), facts: { name: wish.name } };
    });

  /** Null: it may be published. */
  const refused = async (tx: Db, flow: Flow): Promise<Refusal | null> => {
    const issues = (await issuesOf(tx, flow)).filter(({ severity }) => severity === "error");
    const [first] = issues;
    return first === undefined ? null : new Refusal("project.not-sound", first.words, { issues });
  };

  return {
    list: (query) => listProjects(db, query),
    async get(id) {
      const found = await read(db, id);
      return found instanceof Refusal ? found : found.view;
    },
    async create(actor, { name, description = "" }) {
      const made = await make(actor, { name, description, flow: EMPTY });
      if (made instanceof Refusal) return made;
      const { flow: _flow, issues: _issues, ...view } = made;
      return view;
    },
    change: (actor, id, patch) =>
      changes.run<Project>(actor, async (tx) => {
        const before = await locked(tx, id);
        if (before instanceof Refusal) return before;
        const { name, description } = { ...before.view, ...patch };
        await renameProject(tx, id, { name, description, ...changing(actor) });
        const after = await read(tx, id);
        if (after instanceof Refusal) return after;
        return { result: after.view, action: "project.change", subject: subject(id), facts: { ...patch } };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        const before = await locked(tx, id);
        if (before instanceof Refusal) return before;
        const uses = await usesOfProject(tx, id);
        if (uses.length > 0) {
          return new Refusal("reference.in-use", `Callers are led to it by ${uses.join(", ")}.`, { uses });
        }
        await removeProject(tx, id, clock.now());
        const { name } = before.view;
        return { result: undefined, action: "project.remove", subject: subject(id), facts: { name } };
      }),
    async draft(id) {
      const found = await read(db, id);
      return found instanceof Refusal ? found : shown(db, found);
    },
    saveDraft: (actor, id, { revision, flow }) =>
      changes.run<ProjectDraft>(actor, async (tx) => {
        const before = await locked(tx, id);
        if (before instanceof Refusal) return before;
        if (before.view.revision !== revision) {
          const { changedBy: by, changedAt: at } = before.view;
          const who = by ?? "Somebody";
          return new Refusal("project.changed", `${who} has changed this project meanwhile.`, {
            ...{ by, at, revision: before.view.revision },
          });
        }
        await saveDraft(tx, id, { flow, ...changing(actor) });
        const after = await read(tx, id);
        if (after instanceof Refusal) return after;
        const result = await shown(tx, after);
        return { result, action: "project.draw", subject: subject(id), facts: { revision: result.revision } };
      }),
    check: (flow) => issuesOf(db, flow),
    async publish(actor, id, { version, revision, note = "" }) {
      let flow: Flow | null = null;
      const done = await changes.run<Project>(actor, async (tx) => {
        const before = await locked(tx, id);
        if (before instanceof Refusal) return before;
        if (revision !== undefined && revision !== before.view.revision) {
          return new Refusal("project.changed", "The draft has changed since you looked at it.", {
            revision: before.view.revision,
          });
        }
        const older = version === undefined ? null : await findVersion(tx, id, version);
        if (version !== undefined && older === null) return new Refusal("not-found", `There is no version ${version}.`);
        const no = await refused(tx, older?.flow ?? before.flow);
        if (no !== null) return no;
        const published = version ?? (await insertVersion(tx, { id, note, ...changing(actor) }));
        await publishVersion(tx, id, published);
        const after = await read(tx, id);
        if (after instanceof Refusal) return after;
        const facts = { version: published, before: before.view.published, note };
        // Its music is played by the telephone system itself.
        const action = version === undefined ? "project.publish" : "project.go-back";
        flow = older?.flow ?? before.flow;
        return { result: after.view, action, subject: subject(id), facts, news: [{ type: "configuration.changed" }] };
      });
      if (!(done instanceof Refusal) && flow !== null) deps.published(flow);
      return done;
    },
    async versions(id) {
      const found = await read(db, id);
      return found instanceof Refusal ? found : listVersions(db, id, MOST_VERSIONS);
    },
    async version(id, version) {
      return (await findVersion(db, id, version)) ?? new Refusal("not-found", `There is no version ${version}.`);
    },
    async file(id) {
      const found = await read(db, id);
      if (found instanceof Refusal) return found;
      const names = await namesIn(db, found.flow);
      const references = [...names].map(([kind, each]) => [
        kind,
        Object.fromEntries(each.map((one) => [one.id, one.name])),
      ]);
      const { name, description } = found.view;
      return { perchProject: 1, name, description, flow: found.flow, references: Object.fromEntries(references) };
    },
    async fromFile(actor, file) {
      const here = await readNames(db, new Map(OPTION_REFERENCES.map((kind) => [kind, null])));
      const toHere = (kind: OptionReference, id: number) => {
        const name = file.references[kind]?.[id];
        return here.get(kind)?.find((one) => one.name === name)?.id ?? null;
      };
      const flow = rereferenced(file.flow, kinds, toHere);
      for (let nth = 1; ; nth += 1) {
        const name = nth === 1 ? file.name : numbered(file.name, nth);
        const made = await make(actor, { name, description: file.description, flow });
        const isTaken = made instanceof Refusal && made.code === "name.taken";
        if (!isTaken || nth === MOST_ALIKE) return made;
      }
    },
  };
}
