// The import fences of ARCHITECTURE.md. Each has a sentence that says what would break without it.
const fence = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
const features =
  "staff|telephones|sessions|calls|queues|contacts|trunks|floor|reports|report-shelf|mail|deliveries|prompts|reconcile|recordings|items|balance";

module.exports = {
  forbidden: [
    fence(
      "contract-stands-alone",
      "Server and browser agree on contract/; it may know nothing but typebox.",
      { path: "^contract/" },
      { pathNot: "^contract/|typebox" },
    ),
    fence(
      "desktop-knows-the-contract-alone",
      "The desktop is replaced without touching the server.",
      { path: "^desktop/" },
      { path: "^(server|cli|demo|test|bench)/" },
    ),
    fence(
      "model-has-no-screen",
      "The desktop's state is tested without a DOM.",
      { path: "^desktop/model/" },
      { path: "^desktop/(screens|ui)/|^node_modules/(react|@mantine)" },
    ),
    fence(
      "asterisk-behind-the-port",
      "Only the adapter speaks Asterisk; features speak telephony.ts.",
      { path: `^server/(${features}|edge)/` },
      { path: "^server/asterisk/" },
    ),
    fence(
      "adapter-knows-no-feature",
      "The adapter serves the port, whoever uses it.",
      { path: "^server/asterisk/" },
      { path: `^server/(${features}|edge|db|hub)` },
    ),
    fence(
      "nobody-imports-edge",
      "The edge turns rows into wire; nothing below may depend on it.",
      { path: "^server/", pathNot: "^server/(edge/|(main|house)\\.ts)" },
      { path: "^server/edge/" },
    ),
    fence(
      "telephones-below-sessions",
      "Services know those below them, not above: staff < telephones < sessions < calls.",
      { path: "^server/telephones/" },
      { path: "^server/(sessions|calls|queues|floor|reports)/" },
    ),
    fence(
      "staff-below-all",
      "Staff is the ground floor.",
      { path: "^server/staff/" },
      { path: "^server/(telephones|sessions|calls|queues|contacts|floor|reports)/" },
    ),
    fence(
      "sessions-below-calls",
      "Calls are attributed by leases; sessions do not know calls.",
      { path: "^server/sessions/" },
      { path: "^server/(calls|floor|reports)/" },
    ),
    fence(
      "reports-read-only",
      "A report is SQL over the database; it calls no service.",
      { path: "^server/reports/" },
      { path: "-service\\.ts$" },
    ),
    fence(
      "sql-in-stores",
      "Services decide and act; SQL stands in stores.",
      { path: "-service\\.ts$" },
      { path: "^node_modules/(kysely|pg)/" },
    ),
    fence(
      "server-without-tools",
      "The product runs without its commands, tests and demo.",
      { path: "^server/" },
      { path: "^(cli|demo|test|bench|desktop)/", pathNot: "^test/" },
    ),
    fence("no-circles", "What imports itself cannot be read in order.", {}, { circular: true }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.(test|store-test)\\.tsx?$|^desktop/dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".js", ".json"] },
  },
};
