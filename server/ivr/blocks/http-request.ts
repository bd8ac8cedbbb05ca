import Type from "typebox";
import { defineBlock } from "../block.ts";
import { choice, longTemplate, row, rows, seconds, template, variableName } from "../option.ts";
import type { Written } from "../variables.ts";
import { inJson, inUrl, readJson } from "../web-text.ts";

const BODIES = {
  json: { words: "JSON", type: "application/json", written: inJson },
  form: { words: "Form", type: "application/x-www-form-urlencoded", written: (): Written => inUrl },
  text: { words: "Text", type: "text/plain; charset=utf-8", written: (): Written => (value) => value },
} as const;

/** Where a request goes is its maker's to say and no variable's: what a caller enters leads nowhere. */
const URL_PATTERN = "^https?://[^/?#{}\\s\\\\]+([/?#]\\S*)?$";
const HEADER_PATTERN = "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,80}$";

/** Asks a computer of the web, and keeps what it answers. */
export const httpRequest = defineBlock({
  type: "http-request",
  title: "HTTP request",
  summary: "Asks a web service and keeps values of its JSON answer. The caller hears nothing meanwhile.",
  group: "data",
  options: Type.Object(
    {
      method: choice("Method", { GET: "GET", POST: "POST", PUT: "PUT" }),
      url: template("URL", 1000, { pattern: URL_PATTERN }),
      headers: rows(
        "Headers",
        row({
          name: Type.String({ title: "Name", pattern: HEADER_PATTERN }),
          value: template("Value", 1000),
        }),
        [0, 20],
      ),
      as: choice("Send as", { json: BODIES.json.words, form: BODIES.form.words, text: BODIES.text.words }),
      body: longTemplate("Send", 8000),
      timeout: seconds("Wait for the answer, seconds", 5, [1, 30]),
      read: rows(
        "Keep of the answer",
        row({
          variable: variableName("In", "answer"),
          path: template("What stands at (empty: all)", 200, { default: "" }),
        }),
        [0, 20],
      ),
    },
    { additionalProperties: false },
  ),
  exits: [
    { name: "done", title: "Done" },
    { name: "refused", title: "Refused" },
    { name: "failed", title: "No answer" },
  ],
  waits: false,
  afterCall: true,
  sets: ["http.status", "http.error"],
  async run({ house, options, variables, note, until }) {
    const { method, as, read } = options;
    const content = variables.fill(options.body, BODIES[as].written(options.body));
    const sends = method !== "GET" && content !== "";
    const outcome = await house.web.send(
      {
        method,
        url: variables.fill(options.url, inUrl),
        // A line break would begin another header.
        headers: options.headers.map(
          ({ name, value }) => [name, variables.fill(value).replace(/[\r\n\0]+/g, " ")] as const,
        ),
        body: sends ? { type: BODIES[as].type, content } : null,
        timeoutMs: options.timeout * 1000,
        reads: read.length > 0,
      },
      until,
    );
    const failed = "failed" in outcome;
    variables.set("http.status", failed ? "" : String(outcome.status));
    variables.set("http.error", failed ? outcome.failed : "");
    const text = failed ? "" : outcome.text;
    const paths = read.map(({ path }) => variables.fill(path).trim());
    const values = readJson(text, paths);
    for (const [index, { variable }] of read.entries()) {
      variables.set(variable, paths[index] === "" ? text : (values[index] ?? ""));
    }
    note(failed ? outcome.failed : String(outcome.status));
    if (failed) return "failed";
    return outcome.status >= 200 && outcome.status < 300 ? "done" : "refused";
  },
});
