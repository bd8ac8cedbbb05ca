import { Value } from "typebox/value";
import { ProjectFile } from "../../../contract/project-views.ts";
import { SentenceError } from "../refusal-error.ts";

const NO_PROJECT = "The file is no project of Perch: nothing was made of it.";

/** A file's text as a project. Throws in words where it is something else. */
export function fileOfText(text: string): ProjectFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SentenceError(NO_PROJECT);
  }
  if (!Value.Check(ProjectFile, value)) throw new SentenceError(NO_PROJECT);
  return value;
}
