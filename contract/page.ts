/** A page of a list as it is answered: `next` is the cursor of the following page, null on the last. */
export interface Page<T> {
  rows: T[];
  next: string | null;
}
