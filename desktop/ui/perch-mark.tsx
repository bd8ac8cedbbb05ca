/** The mark of Perch: a letter sitting on a line. */
export function PerchMark(props: { size?: number }) {
  const size = props.size ?? 20;
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="perch-mark">
      <path d="M3 27h26" stroke="currentColor" strokeWidth="3" />
      <path d="M10 27V8h8a5.500 5.500 0 0 1 0 11h-8" fill="none" stroke="currentColor" strokeWidth="3" />
    </svg>
  );
}
