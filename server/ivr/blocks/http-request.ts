import Type from "typebox";
import { HEADER_NAME, WEB_URL } from "../../../contract/views.ts";
import { headerValue } from "../../connections/header-text.ts";
import { defineBlock } from "../block.ts";
import { choice, headerTemplate, longTemplate, row, rows, seconds, template, variableName } from "../option.ts";
import { inUrl, REQUEST_BODIES, readJson } from "../web-text.ts";

/** Asks a computer of the web, and keeps what it answers. */
export const httpRequest = defineBlock({
  type: "http-request",
  title: "HTTP request",
  summary: "Asks a web service and keeps values of its JSON answer. The caller hears nothing meanwhile.",
  group: "data",
  options: Type.Object(
    {
      method: choice("Method", { GET: "GET", POST: "POST", PUT: "PUT" }),
      url: template("URL", 1000, { pattern: WEB_URL }),
      headers: rows(
        "Headers",
        row({
          name: Type.String({ title: "Name", pattern: HEADER_NAME }),
          value: headerTemplate("Value", 1000),
        }),
        [0, 20],
      ),
      as: choice("Send as", {
        json: REQUEST_BODIES.json.words,
        form: REQUEST_BODIES.form.words,
        text: REQUEST_BODIES.text.words,
      }),
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
    const content = variables.fill(options.body, REQUEST_BODIES[as].written(options.body));
    const sends = method !== "GET" && content !== "";
    const outcome = await house.web.send(
      {
        method,
        url: variables.fill(options.url, inUrl),
        headers: options.headers.map(({ name, value }) => [name, headerValue(value, variables.fill)] as const),
        body: sends ? { type: REQUEST_BODIES[as].type, content } : null,
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
