import { Value } from "typebox/value";
import { ProjectFile } from "../../../contract/project-views.ts";

/** A file's text as a project. Throws in words where it is something else. */
export function fileOfText(text: string): ProjectFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new NotAProject();
  }
  if (!Value.Check(ProjectFile, value)) throw new NotAProject();
  return value;
}

/** The file holds something else than a project. */
class NotAProject extends Error {
  constructor() {
    super("The file is no project of Perch.");
    this.name = "NotAProject";
  }
}
