import type { Prompt } from "../../../../contract/views.ts";
import { LANGUAGES } from "../../../model/prompt-voice.ts";
import { ErrorLine } from "../../../ui/blank.tsx";
import { useHouseList } from "../house-lists.ts";
import { useQuietAfter, useSound } from "./use-sound.ts";
import { VoiceLine } from "./voice-line.tsx";
import "./prompts.css";

/** The voices of a prompt, a language a line: heard, brought, written, removed. Each is kept as it is made. */
export function PromptVoices({ prompt: shown }: { prompt: Prompt }) {
  const list = useHouseList("prompts");
  const sound = useSound();
  useQuietAfter();
  const prompt = list.data?.rows.find(({ id }) => id === shown.id) ?? shown;
  return (
    <section className="prompt-voices" aria-label="Voices">
      <h3>Voices</h3>
      <p className="quiet">
        Drop a file on a language (WAV, MP3, Ogg, FLAC; up to five minutes), or write what the house shall speak. A
        language without a voice hears the house's, else English.
      </p>
      {LANGUAGES.map(({ language, name }) => (
        <VoiceLine key={language} prompt={prompt} language={language} name={name} />
      ))}
      <ErrorLine error={sound.problem} />
      {prompt.usedBy.length === 0 ? null : (
        <p className="prompt-users">Played by {prompt.usedBy.map((use) => use.name).join(", ")}.</p>
      )}
    </section>
  );
}
