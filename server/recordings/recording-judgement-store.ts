import type { Db } from "../db/pool.ts";

/** One's own rating of a recording; null takes it back. */
export async function rateRecording(
  tx: Db,
  recordingId: number,
  authorId: number,
  rating: number | null,
  at: Date,
): Promise<void> {
  if (rating === null) {
    await tx
      .deleteFrom("recording_ratings")
      .where("recording_id", "=", recordingId)
      .where("author_id", "=", authorId)
      .execute();
    return;
  }
  await tx
    .insertInto("recording_ratings")
    .values({ recording_id: recordingId, author_id: authorId, rating, at })
    .onConflict((conflict) => conflict.columns(["recording_id", "author_id"]).doUpdateSet({ rating, at }))
    .execute();
}

export async function insertComment(
  tx: Db,
  comment: { recordingId: number; authorId: number; at: Date; placeMs: number | null; text: string },
): Promise<void> {
  await tx
    .insertInto("recording_comments")
    .values({
      recording_id: comment.recordingId,
      author_id: comment.authorId,
      at: comment.at,
      place_ms: comment.placeMs,
      text: comment.text,
    })
    .execute();
}

/** `author` null: whoever wrote it. False: there is none. */
export async function removeComment(
  tx: Db,
  { recordingId, commentId, author }: { recordingId: number; commentId: number; author: number | null },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("recording_comments")
    .where("id", "=", commentId)
    .where("recording_id", "=", recordingId)
    .$if(author !== null, (query) => query.where("author_id", "=", author ?? 0))
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
