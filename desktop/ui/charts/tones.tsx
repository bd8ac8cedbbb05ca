/**
 * What the parts of a chart are filled with. States have their own colours; everything else is the accent, a lighter
 * one, and lines of two directions, so that parts are told apart without colours as well.
 */
const STATES: Readonly<Record<string, string>> = {
  ready: "var(--ready)",
  onCall: "var(--talking)",
  wrapUp: "var(--wrap-up)",
  break: "var(--paused)",
  supervisor: "url(#chart-supervisor)",
  phoneLost: "var(--fault)",
  loginInPause: "url(#chart-thin)",
  capacity: "url(#chart-dense)",
};
const PLAIN = ["var(--accent)", "url(#chart-dense)", "url(#chart-thin)", "var(--line-strong)"] as const;

/** The fill of a series: by its name where that is a state, else by its place. */
export function toneOf(key: string, at: number): string {
  return STATES[key] ?? PLAIN[at % PLAIN.length] ?? "var(--accent)";
}

/** The patterns that fills speak of; once in each drawing. */
export function ChartPatterns() {
  return (
    <defs>
      <Lines id="chart-dense" colour="var(--accent)" gap={4} angle={45} />
      <Lines id="chart-thin" colour="var(--ink-2)" gap={6} angle={-45} />
      <Lines id="chart-supervisor" colour="var(--paused)" gap={4} angle={45} />
    </defs>
  );
}

function Lines(props: { id: string; colour: string; gap: number; angle: number }) {
  const { id, colour, gap, angle } = props;
  return (
    <pattern id={id} width={gap} height={gap} patternUnits="userSpaceOnUse" patternTransform={`rotate(${angle})`}>
      <rect width={gap} height={gap} fill="var(--sheet)" />
      <rect width={1.5} height={gap} fill={colour} />
    </pattern>
  );
}

/** What a fill stands for. */
export function ChartKey(props: { fill: string; title: string }) {
  return (
    <span className="chart-key">
      <svg width={12} height={12} aria-hidden="true">
        <ChartPatterns />
        <rect x={0.5} y={0.5} width={11} height={11} fill={props.fill} stroke="var(--line-strong)" />
      </svg>
      {props.title}
    </span>
  );
}
