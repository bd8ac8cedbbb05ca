import Type from "typebox";
import { defineBlock } from "../block.ts";
import { projectOption } from "../option.ts";

/** On with another project, which begins at its Start with the variables of this one. */
export const goToProject = defineBlock({
  type: "go-to-project",
  title: "Go to project",
  summary: "Goes on with another project. The variables come along.",
  group: "flow",
  options: Type.Object({ project: projectOption("Project") }, { additionalProperties: false }),
  // Taken only where nothing is published of it.
  exits: [{ name: "unavailable", title: "Not published" }],
  waits: false,
  run: async () => "unavailable",
});
