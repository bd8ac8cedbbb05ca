import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { expect, it } from "vitest";
import { AgentBody, TelephoneBody } from "../../contract/views.ts";
import { fieldProblems, sentenceFor, type ValidationError } from "./validation-words.ts";

const said = (schema: TSchema, value: unknown) =>
  fieldProblems(Compile(schema).Errors(value) as unknown as ValidationError[]).map((one) => sentenceFor("body", one));
const agent = { fullName: "A", username: "a", password: "12345678", typology: "external" };

it.each([
  [{}, ['"fullName" is missing.', '"username" is missing.', '"password" is missing.', '"typology" is missing.']],
  [{ ...agent, hotdsek: true }, ['"hotdsek" is not known here.']],
  [{ ...agent, typology: "webrtc" }, ['"typology" must be one of external, remote.']],
  [{ ...agent, password: "short" }, ['"password" must have at least 8 characters.']],
  [{ ...agent, hotdesk: "yes" }, ['"hotdesk" must be true or false.']],
  [{ ...agent, queues: [1, "x"] }, ['"queues/1" must be a whole number.']],
  [{ ...agent, queues: [1, 1] }, ['"queues" must not hold the same twice.']],
  [{ ...agent, pin: "12" }, ['"pin" has characters or a form that is not allowed here.']],
  [[], ["The body must be an object with fields."]],
])("says of %j what is wrong", (value, expected) => {
  expect(said(AgentBody, value)).toEqual(expected);
});

it("never repeats a value: it may be a secret", () => {
  expect(said(TelephoneBody, { fullName: "T", username: "t", password: "geheim\n geheim" }).join()).not.toContain(
    "geheim",
  );
});
