export const usage = `usage: perch <command>

  demo              a small furnished contact centre with phones and callers, to try
  up                the product; --leave-voice: at the end leave Asterisk and the database running (upgrades)
  down              stops all of an instance, also what a killed one left behind
  test [what]       the tests; what: pure store server asterisk browser checks, a file, -t NAME
  bench [name]      the figures
  journal refold    folds calls again from the kept journal, and says what was otherwise
  doctor            what is there, what is missing and how to get it

Settings are environment variables: docs/operations.md lists them.
`;

export const help = async (): Promise<number> => {
  process.stdout.write(usage);
  return 0;
};
