import Type, { type Static } from "typebox";
import { CallType } from "./call-views.ts";
import { Id, Instant, Nullable, oneOf, Text } from "./common-views.ts";

/** Recordings of calls, and what was said of them. Places are milliseconds from a recording's beginning. */

const Person = Type.Object({ id: Id, name: Type.String() });

export const RecordingRow = Type.Object({
  id: Id,
  linkedId: Type.String(),
  startedAt: Instant,
  endedAt: Instant,
  lengthMs: Type.Integer(),
  /** `damaged`: its file is not what was written; `removed`: only its facts are left. */
  state: oneOf("kept", "damaged", "removed"),
  type: CallType,
  source: Type.String(),
  destination: Type.String(),
  /** The customer's side of the call. */
  callerId: Type.String(),
  queue: Nullable(Person),
  /** Who talked with the customer, in their order. */
  agents: Type.Array(Person),
  /** The mean of all ratings. */
  rating: Nullable(Type.Number()),
  comments: Type.Integer(),
});
export type RecordingRow = Static<typeof RecordingRow>;

const Stretch = Type.Object({ fromMs: Type.Integer(), toMs: Type.Integer() });

export const RecordingComment = Type.Object({
  id: Id,
  author: Person,
  at: Instant,
  /** Null: of the whole recording. */
  placeMs: Nullable(Type.Integer()),
  text: Type.String(),
});
export type RecordingComment = Static<typeof RecordingComment>;

export const RecordingDetails = Type.Object({
  ...RecordingRow.properties,
  format: oneOf("mp3", "wav"),
  bytes: Type.Integer(),
  /** As a download is called. */
  fileName: Type.String(),
  /** Loudness over the time, 0 to 255: of the customer, and of whoever talked with them. */
  peaks: Type.Object({ customer: Type.Array(Type.Integer()), house: Type.Array(Type.Integer()) }),
  /** Where parts of the call begin that follow each other here, with something unrecorded between them. */
  parts: Type.Array(Type.Object({ startedAt: Instant, placeMs: Type.Integer(), lengthMs: Type.Integer() })),
  /** Who talked when. */
  legs: Type.Array(
    Type.Object({
      rowId: Type.String(),
      name: Type.String(),
      telephone: Nullable(Type.String()),
      ...Stretch.properties,
    }),
  ),
  /** Silence, because somebody paused it. */
  pauses: Type.Array(Type.Object({ ...Stretch.properties, by: Type.String() })),
  ratings: Type.Array(Type.Object({ author: Person, rating: Type.Integer(), at: Instant })),
  remarks: Type.Array(RecordingComment),
  removedAt: Nullable(Instant),
  /** Null: nobody, its time was over. */
  removedBy: Nullable(Person),
});
export type RecordingDetails = Static<typeof RecordingDetails>;

export const RatingBody = Type.Object(
  { rating: Nullable(Type.Integer({ minimum: 1, maximum: 5 })) },
  { additionalProperties: false },
);
export const RecordingCommentBody = Type.Object(
  {
    text: Type.Intersect([Text("Comment", 2000), Type.String({ minLength: 1, pattern: "\\S" })]),
    placeMs: Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: 86_400_000 }))),
  },
  { additionalProperties: false },
);
export type RecordingCommentBody = Static<typeof RecordingCommentBody>;
