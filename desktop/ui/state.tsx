import "./state.css";

/** The five states of an agent, and fault. */
export type StateName = "ready" | "ringing" | "talking" | "wrap-up" | "paused" | "fault";

const SHAPES: Record<StateName, string> = {
  ready: "M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1z",
  ringing: "M6 0l6 6-6 6-6-6z",
  talking: "M1 1h10v8H6.5L3 12V9H1z",
  "wrap-up": "M1 0h10v2L7.5 6 11 10v2H1v-2l3.500-4L1 2z",
  paused: "M1 1h3.500v10H1zM7.500 1H11v10H7.500z",
  fault: "M6 0.500L12 11.500H0z",
};

const WORDS: Record<StateName, string> = {
  ready: "Ready",
  ringing: "Ringing",
  talking: "Talking",
  "wrap-up": "Wrap-up",
  paused: "Paused",
  fault: "Fault",
};

/** A state's shape alone: only where its word stands beside it. */
export function StateShape(props: { name: StateName }) {
  return (
    <svg className={`state-shape state-${props.name}`} viewBox="0 0 12 12" aria-hidden="true">
      <path d={SHAPES[props.name]} />
    </svg>
  );
}

/** A state: shape, word and colour, so that no one of them is needed to tell it. `block` fills its ground. */
export function State(props: { name: StateName; word?: string | undefined; block?: boolean }) {
  return (
    <span className={`state state-${props.name}${props.block ? " state-block" : ""}`}>
      <StateShape name={props.name} />
      <span className="state-word">{props.word ?? WORDS[props.name]}</span>
    </span>
  );
}

/**
 * A signal that is there or not (a telephone registered, a desktop connected): full or hollow, and its word. `doubtful`
 * is half full: away for a moment, or back for a moment.
 */
export function Signal(props: { on: boolean; doubtful?: boolean; word: string; title?: string | undefined }) {
  const light = props.doubtful ? "doubtful" : props.on ? "on" : "off";
  return (
    <span className={`signal signal-${light}`} title={props.title}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <circle cx="6" cy="6" r="4" />
        {props.doubtful ? <path d="M6 2a4 4 0 0 1 0 8z" /> : null}
      </svg>
      <span>{props.word}</span>
    </span>
  );
}
