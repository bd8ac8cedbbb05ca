import { ActionIcon, Button, FileButton, Textarea } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { type DragEvent, useCallback, useState } from "react";
import { LONGEST_SPOKEN_TEXT, type Prompt, type PromptLanguage } from "../../../../contract/views.ts";
import { durationText } from "../../../model/elapsed.ts";
import { fileProblem, originOf, speechAddress, toldName, voiceAddress, voiceIn } from "../../../model/prompt-voice.ts";
import { RefusalError, UnreachableError } from "../../../model/refusal-error.ts";
import { ErrorLine } from "../../../ui/blank.tsx";
import { Notice, type NoticeText } from "../../../ui/notice.tsx";
import { api } from "../../desk.ts";
import { useAct } from "../../use-act.ts";
import { useHouseChanged } from "../house-lists.ts";
import { PlayButton } from "./play-button.tsx";
import { SayLine } from "./say-line.tsx";
import { useSound } from "./use-sound.ts";

const SOUNDS = "audio/*,.wav,.mp3,.ogg,.oga,.opus,.flac,.aiff,.aif,.au";

/** The voice of one language. A file may be dropped anywhere on it. */
export function VoiceLine(props: { prompt: Prompt; language: PromptLanguage; name: string }) {
  const { prompt, language, name } = props;
  const voice = voiceIn(prompt, language);
  const houseChanged = useHouseChanged();
  const act = useAct();
  const sound = useSound();
  const [over, setOver] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const [saying, setSaying] = useState(false);
  const [notice, setNotice] = useState<NoticeText | null>(null);

  const keep = async (work: () => Promise<unknown>, words: NoticeText) => {
    setNotice(null);
    const done = await act.run(async () => {
      await work();
      await houseChanged();
    });
    if (done) setNotice(words);
    return done;
  };
  const bring = (file: File | null | undefined) => {
    if (!file) return;
    void keep(
      async () => {
        const problem = fileProblem(file);
        if (problem !== null) throw tooMuch(problem);
        await api.bringVoice(prompt.id, language, file, toldName(file.name));
      },
      { text: `${name} is ${file.name} now.` },
    );
  };
  const write = async () => {
    const written = (text ?? "").trim();
    const done = await keep(() => api.writeVoice(prompt.id, language, written), { text: `${name} is spoken now.` });
    if (done) setText(null);
  };
  const remove = async () => {
    if (voice === null) return;
    // Fetched before it is gone: what was said once cannot be made again from words.
    let before: Blob | null = null;
    const back = () =>
      voice.text !== null
        ? api.writeVoice(prompt.id, language, voice.text)
        : api.bringVoice(prompt.id, language, before ?? new Blob(), voice.fileName);
    await keep(
      async () => {
        if (voice.text === null) before = await soundAt(voiceAddress(prompt.id, voice));
        await api.removeVoice(prompt.id, language);
      },
      {
        text: `${name} is removed.`,
        act: { word: "Undo", run: () => void keep(back, { text: `${name} is back.` }) },
      },
    );
  };
  const said = useCallback(() => {
    setSaying(false);
    setNotice({ text: `${name} is what was said now.` });
    void houseChanged();
  }, [name, houseChanged]);
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    bring(event.dataTransfer.files[0]);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset takes no files
    <div
      role="group"
      aria-label={name}
      className={over ? "prompt-voice over" : "prompt-voice"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <div className="prompt-voice-head">
        <strong>{name}</strong>
        {voice === null ? (
          <span className="quiet">No voice</span>
        ) : (
          <>
            <PlayButton address={voiceAddress(prompt.id, voice)} label={name} />
            <span className="prompt-length">{durationText(voice.lengthMs / 1000)}</span>
          </>
        )}
        <span className="prompt-acts">
          <FileButton onChange={bring} accept={SOUNDS}>
            {(button) => (
              <Button {...button} size="xs" disabled={act.busy} aria-label={`File for ${name}`}>
                File…
              </Button>
            )}
          </FileButton>
          <Button
            size="xs"
            disabled={act.busy}
            aria-expanded={text !== null}
            aria-label={`Text for ${name}`}
            onClick={() => {
              setText(text === null ? (voice?.text ?? "") : null);
              setSaying(false);
            }}
          >
            Text
          </Button>
          <Button
            size="xs"
            disabled={act.busy}
            aria-expanded={saying}
            aria-label={`Say ${name} on a telephone`}
            onClick={() => {
              setSaying(!saying);
              setText(null);
            }}
          >
            Say
          </Button>
          {voice === null ? null : (
            <ActionIcon size={24} disabled={act.busy} aria-label={`Remove ${name}`} onClick={() => void remove()}>
              <IconTrash size={14} aria-hidden="true" />
            </ActionIcon>
          )}
        </span>
      </div>
      {voice === null || text !== null ? null : (
        <p className="quiet cut" title={originOf(voice)}>
          {originOf(voice)}
        </p>
      )}
      {text === null ? null : (
        <div className="prompt-text">
          <Textarea
            autosize
            minRows={2}
            maxRows={8}
            maxLength={LONGEST_SPOKEN_TEXT}
            aria-label={`What is spoken in ${name}`}
            lang={language}
            data-autofocus
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <div className="prompt-text-acts">
            <span className="quiet">
              {text.length.toLocaleString("en")} of {LONGEST_SPOKEN_TEXT.toLocaleString("en")}
            </span>
            <Button
              size="xs"
              disabled={text.trim() === ""}
              onClick={() => sound.toggle(speechAddress(text.trim(), language))}
            >
              {sound.address === speechAddress(text.trim(), language) ? "Stop" : "Hear it"}
            </Button>
            <Button size="xs" variant="filled" disabled={act.busy || text.trim() === ""} onClick={() => void write()}>
              Keep
            </Button>
          </div>
        </div>
      )}
      {saying ? <SayLine prompt={prompt} language={language} onKept={said} /> : null}
      <ErrorLine error={act.error} />
      <Notice notice={notice} onClose={() => setNotice(null)} />
    </div>
  );
}

const tooMuch = (title: string) =>
  new RefusalError({ type: "about:blank", code: "request.too-large", title, status: 413 });

async function soundAt(address: string): Promise<Blob> {
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
  if (answer === null || !answer.ok) throw new UnreachableError();
  return answer.blob();
}
