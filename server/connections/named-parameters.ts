/** A statement with `$1`, `$2` in the place of its named parameters. */
export interface NumberedStatement {
  text: string;
  /** The name that each number stands for. */
  names: string[];
}

/**
 * What may hold a colon that begins no parameter: comments, texts, quoted names, dollar quotes, casts and assignments
 * (PostgreSQL's manual, 4.1). Comments within comments are not told apart: what stands behind one is read as a comment.
 */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\b[eE]'(?:\\[\s\S]|''|[^'\\])*'|'(?:''|[^'])*'|"(?:""|[^"])*"|\$([A-Za-z_][A-Za-z0-9_]*|)\$[\s\S]*?(?:\$\1\$|$)|::|:=|:([a-z][A-Za-z0-9_]{0,30})/g;

/** Most parameters of one statement. */
const MOST_PARAMETERS = 20;

/** Turns `:name` into `$1`, the same name into the same number. Values are never written into a statement. */
export function numberedStatement(sql: string): NumberedStatement {
  const names: string[] = [];
  const text = sql.replace(TOKEN, (token, _tag: string | undefined, name: string | undefined) => {
    if (name === undefined) return token;
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return { text: text.replace(/[\s;]+$/, ""), names };
}

/** Why it is no query that only reads, as far as its text says; null: it may be one. */
export function statementProblem(sql: string): string | null {
  const bare = sql.replace(TOKEN, (token) => (/^(--|\/\*)/.test(token) ? " " : token)).trim();
  if (!/^(\(\s*)*(select|with|values)\b/i.test(bare)) return "It begins with SELECT, WITH or VALUES: it only reads.";
  if (/\$[0-9]/.test(bare)) return "Parameters have names here: :caller in the place of $1.";
  if (numberedStatement(sql).names.length > MOST_PARAMETERS) return `It has ${MOST_PARAMETERS} parameters at most.`;
  return null;
}
