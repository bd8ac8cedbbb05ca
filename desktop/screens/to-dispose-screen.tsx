/** ToDispose. */
export function ToDisposeScreen() {
  return <h1>ToDispose</h1>;
}
