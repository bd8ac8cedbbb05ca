/** What the variables of a call hold; nothing where it has none. */
export function VariableList({ variables }: { variables: Readonly<Record<string, string>> }) {
  const all = Object.entries(variables);
  if (all.length === 0) return null;
  return (
    <section>
      <h2 className="label">Variables</h2>
      <dl className="trial-variables">
        {all.map(([name, value]) => (
          <div key={name} className="variable-line">
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{value === "" ? <span className="quiet">empty</span> : value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
