/** A column as far as its width goes, in pixels. */
export interface ColumnWidth {
  width: number;
  /** Takes room that is left: words do, numbers and what was sized by hand do not. */
  grows: boolean;
}

/** Further apart, the eye loses the line. */
const MOST = 1.6;

/**
 * The widths as they are drawn where so many pixels are there: what is left over goes to the columns that grow, in
 * proportion, so that a wide window cuts no words; nothing becomes narrower, and the rest stays empty at the end.
 */
export function columnWidths(columns: readonly ColumnWidth[], room: number): number[] {
  const whole = columns.reduce((sum, { width }) => sum + width, 0);
  const growing = columns.reduce((sum, { width, grows }) => sum + (grows ? width : 0), 0);
  const factor = growing === 0 ? 1 : Math.min(MOST, 1 + Math.max(0, room - whole) / growing);
  return columns.map(({ width, grows }) => (grows ? Math.floor(width * factor) : width));
}
