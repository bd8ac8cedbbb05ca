import Type, { type Static } from "typebox";
import { Id, Instant, Name, Nullable, Text } from "./common-views.ts";
import { Flow, FlowIssue } from "./flow.ts";

/** IVR projects: their drafts, what was published of them, who was led through them. */

export const ProjectBody = Type.Object(
  { name: Name("Name", 80), description: Type.Optional(Text("What it is for", 500)) },
  { additionalProperties: false },
);
export type ProjectBody = Static<typeof ProjectBody>;

export const Project = Type.Object({
  id: Id,
  name: Type.String(),
  description: Type.String(),
  /** The version callers go through; null: none yet. */
  published: Nullable(Type.Integer()),
  publishedAt: Nullable(Instant),
  /** Counts the changes of the draft: who saves says which one he began from. */
  revision: Type.Integer(),
  changedAt: Instant,
  changedBy: Nullable(Type.String()),
  /** Whether the draft differs from what is published. */
  changed: Type.Boolean(),
});
export type Project = Static<typeof Project>;

export const ProjectDraft = Type.Object({ ...Project.properties, flow: Flow, issues: Type.Array(FlowIssue) });
export type ProjectDraft = Static<typeof ProjectDraft>;

export const DraftBody = Type.Object({ revision: Type.Integer(), flow: Flow }, { additionalProperties: false });

export const PublishBody = Type.Object(
  {
    /** An older version, to go back to it; nothing: the draft becomes a new one. */
    version: Type.Optional(Type.Integer({ minimum: 1 })),
    revision: Type.Optional(Type.Integer()),
    note: Type.Optional(Text("What changed", 500)),
  },
  { additionalProperties: false },
);
export type PublishBody = Static<typeof PublishBody>;

export const ProjectVersion = Type.Object({
  version: Type.Integer(),
  publishedAt: Instant,
  publishedBy: Nullable(Type.String()),
  note: Type.String(),
  current: Type.Boolean(),
});
export type ProjectVersion = Static<typeof ProjectVersion>;
export const ProjectVersionFlow = Type.Object({ ...ProjectVersion.properties, flow: Flow });
export type ProjectVersionFlow = Static<typeof ProjectVersionFlow>;

/** A project as a file: what it refers to, by kind and id, with the names by which another house finds its own. */
export const ProjectFile = Type.Object(
  {
    perchProject: Type.Literal(1),
    name: Name("Name", 80),
    description: Text("What it is for", 500),
    flow: Flow,
    references: Type.Record(Type.String(), Type.Record(Type.String(), Type.String())),
  },
  { additionalProperties: false },
);
export type ProjectFile = Static<typeof ProjectFile>;

/** How a run through a project ended. */
export const RUN_ENDINGS = [
  "ended",
  "caller-left",
  "hung-up",
  "sent-on",
  "dead-end",
  "too-long",
  "fault",
  "cut-off",
] as const;
export type RunEnding = (typeof RUN_ENDINGS)[number];

export const RunStep = Type.Object({
  block: Type.String(),
  /** Of which project, where the call had gone on to another one. */
  projectId: Type.Optional(Id),
  type: Type.String(),
  at: Instant,
  ms: Type.Integer(),
  /** What the caller pressed or what was found, as far as it may be kept. */
  input: Nullable(Type.String()),
  /** Null: by none; the run ended in it, or went on in another project. */
  exit: Nullable(Type.String()),
});
export type RunStep = Static<typeof RunStep>;

export const ProjectRun = Type.Object({
  id: Id,
  projectId: Id,
  version: Nullable(Type.Integer()),
  linkedId: Type.String(),
  caller: Type.String(),
  dialled: Type.String(),
  startedAt: Instant,
  endedAt: Nullable(Instant),
  ending: Nullable(Type.Enum([...RUN_ENDINGS])),
  /** How many blocks it went through. */
  steps: Type.Integer(),
  /** Its maker went through the draft by telephone: counted nowhere. */
  trial: Type.Boolean(),
});
export type ProjectRun = Static<typeof ProjectRun>;
export const ProjectRunDetails = Type.Object({
  ...ProjectRun.properties,
  path: Type.Array(RunStep),
  variables: Type.Record(Type.String(), Type.String()),
});
export type ProjectRunDetails = Static<typeof ProjectRunDetails>;

/** How often each exit was taken in a period, and who stands where now. */
export const ExitCount = Type.Object({ block: Type.String(), exit: Type.String(), taken: Type.Integer() });
export type ExitCount = Static<typeof ExitCount>;
export const ProjectTraffic = Type.Object({
  runs: Type.Integer(),
  exits: Type.Array(ExitCount),
  /** Callers in a block at this instant. */
  now: Type.Array(Type.Object({ block: Type.String(), callers: Type.Integer() })),
});
export type ProjectTraffic = Static<typeof ProjectTraffic>;

/** Trying a project out without a telephone: what is said and asked, and what the one who tries answers. */
export const TrialEvent = Type.Object({
  /** `block`: it stands there now; `says`; `exit`: left by it; `did`: what would be done with a real caller. */
  kind: Type.Enum(["block", "says", "exit", "did", "over"]),
  block: Nullable(Type.String()),
  words: Type.String(),
});
export type TrialEvent = Static<typeof TrialEvent>;
export const Trial = Type.Object({
  id: Type.String(),
  events: Type.Array(TrialEvent),
  variables: Type.Record(Type.String(), Type.String()),
  /** What is waited for: keys (at most so many), or one of these outcomes; null: it is over. */
  waitsFor: Nullable(
    Type.Object({
      most: Nullable(Type.Integer()),
      choices: Type.Array(Type.Object({ name: Type.String(), title: Type.String() })),
    }),
  ),
});
export type Trial = Static<typeof Trial>;
export const TrialBody = Type.Object(
  { flow: Flow, caller: Type.Optional(Type.String({ maxLength: 40 })), at: Type.Optional(Instant) },
  { additionalProperties: false },
);
export type TrialBody = Static<typeof TrialBody>;
export const TrialInput = Type.Object(
  {
    /** Keys; an empty text is none in time. */
    keys: Type.Optional(Type.String({ pattern: "^[0-9*#]{0,40}$" })),
    choice: Type.Optional(Type.String({ maxLength: 60 })),
    hangUp: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type TrialInput = Static<typeof TrialInput>;

/** Trying a draft by telephone: everything is done as for a caller, and the way is seen while it goes on. */
export const CalledTrialBody = Type.Object(
  {
    projectId: Id,
    flow: Flow,
    /** Rung at once; without one somebody dials the code. */
    telephoneId: Type.Optional(Id),
    /** Whose number calls; the telephone's own where nothing is said. */
    caller: Type.Optional(Type.String({ maxLength: 40, pattern: "^[^\\u0000]*$" })),
  },
  { additionalProperties: false },
);
export type CalledTrialBody = Static<typeof CalledTrialBody>;
export const CalledTrial = Type.Object({
  id: Type.String(),
  /** `waiting` for somebody to dial the code; `ringing`; `talking`; `over`. */
  state: Type.Enum(["waiting", "ringing", "talking", "over"]),
  /** What is dialled, once, and until when it can be. */
  code: Type.String(),
  until: Instant,
  telephone: Nullable(Type.String()),
  /** Why it came to nothing, in words. */
  why: Nullable(Type.String()),
  /** The block it stands in. */
  block: Nullable(Type.String()),
  path: Type.Array(RunStep),
  variables: Type.Record(Type.String(), Type.String()),
  ending: Nullable(Type.Enum([...RUN_ENDINGS])),
});
export type CalledTrial = Static<typeof CalledTrial>;
