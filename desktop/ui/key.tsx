import "./key.css";

/** A key that does the same as what it stands beside. For eyes only: readers hear the button. */
export function Key(props: { name: string }) {
  return (
    <span className="key" aria-hidden="true">
      {props.name}
    </span>
  );
}
