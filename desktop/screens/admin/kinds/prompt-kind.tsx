import { type Prompt, PromptBody } from "../../../../contract/views.ts";
import { counted, durationText } from "../../../model/elapsed.ts";
import { LANGUAGES, voiceAddress, voiceIn } from "../../../model/prompt-voice.ts";
import type { Column } from "../../../ui/table.tsx";
import type { Kind } from "../kind.ts";
import { PlayButton } from "../prompts/play-button.tsx";
import { PromptVoices } from "../prompts/prompt-voices.tsx";

const users = (row: Prompt) => row.usedBy.map((use) => use.name).join(", ");

/** A language a column: how long its voice is, and a button that plays it. */
const voiceColumns: readonly Column<Prompt>[] = LANGUAGES.map(({ language, name }) => ({
  id: language,
  title: name,
  width: 100,
  value: (row) => voiceIn(row, language)?.lengthMs ?? null,
  text: (row) => {
    const voice = voiceIn(row, language);
    return voice === null ? "" : durationText(voice.lengthMs / 1000);
  },
  cell: (row) => {
    const voice = voiceIn(row, language);
    return voice === null ? null : (
      <span className="prompt-cell">
        <PlayButton address={voiceAddress(row.id, voice)} label={`${row.name}, ${name}`} />
        {durationText(voice.lengthMs / 1000)}
      </span>
    );
  },
}));

/** What callers hear, in each language. */
export const promptKind: Kind<"prompts"> = {
  collection: "prompts",
  title: "Prompts",
  one: "prompt",
  purpose:
    "What callers hear in IVR projects and queues: a greeting, a menu, an announcement, with a voice for each language.",
  schema: PromptBody,
  words: { name: { hint: "As projects and queues call it: Welcome" } },
  columns: () => [
    { id: "name", title: "Name", width: 220, value: (row) => row.name },
    ...voiceColumns,
    { id: "usedBy", title: "Played by", width: 220, value: users },
  ],
  nameOf: (row) => row.name,
  states: {
    all: { label: "All prompts", keeps: () => true },
    silent: { label: "Without any voice", keeps: (row) => row.voices.length === 0 },
    unused: { label: "Played by nobody", keeps: (row) => row.usedBy.length === 0 },
  },
  fresh: {},
  valuesOf: ({ name }) => ({ name }),
  about: (row) => <PromptVoices prompt={row} />,
  // A new one has no voice yet: that comes next.
  once: (row) => (row.voices.length === 0 ? <PromptVoices prompt={row} /> : null),
  removal: (row) => (
    <p>
      {row.voices.length === 0 ? "It has no voice." : `Its ${counted(row.voices.length, "voice")} cannot be got back.`}
    </p>
  ),
};
