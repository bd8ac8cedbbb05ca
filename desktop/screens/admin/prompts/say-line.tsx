import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Prompt, PromptCall, PromptLanguage } from "../../../../contract/views.ts";
import { ErrorLine } from "../../../ui/blank.tsx";
import { useRemembered } from "../../../ui/use-remembered.ts";
import { api } from "../../desk.ts";
import { useAct } from "../../use-act.ts";
import { useHouseList } from "../house-lists.ts";

/** So often it is asked how the call goes. */
const AGAIN_MS = 1000;

const WORDS: Readonly<Record<PromptCall["state"], (telephone: string) => string>> = {
  ringing: (telephone) => `${telephone} rings: pick up.`,
  talking: () => "Speak after the tone; # ends it. Then 1 keeps it, 2 plays it, 3 begins anew.",
  kept: () => "It is kept.",
  over: () => "It was not kept.",
};

/** A voice is said on a telephone: which one, and how it goes. */
export function SayLine(props: { prompt: Prompt; language: PromptLanguage; onKept: () => void }) {
  const { prompt, language, onKept } = props;
  const telephones = useHouseList("telephones");
  const registered = (telephones.data?.rows ?? []).filter((one) => one.registered);
  const [last, setLast] = useRemembered<string | null>("prompts.telephone", null);
  const chosen = registered.some((one) => String(one.id) === last) ? last : null;
  const [begun, setBegun] = useState<PromptCall | null>(null);
  const act = useAct();
  const call = useQuery({
    queryKey: ["prompt-call", begun?.id],
    queryFn: () => api.get<PromptCall>(`/prompts/calls/${begun?.id}`),
    enabled: begun !== null,
    refetchInterval: ({ state }) => (goesOn(state.data ?? begun) ? AGAIN_MS : false),
    gcTime: 0,
  });
  const now = begun === null ? null : (call.data ?? begun);
  const state = now?.state;
  useEffect(() => {
    if (state === "kept") onKept();
  }, [state, onKept]);
  const ring = () => act.run(async () => setBegun(await api.sayVoice(prompt.id, language, Number(chosen))));

  return (
    <div className="prompt-say">
      <div className="prompt-say-acts">
        <Select
          aria-label="Telephone"
          placeholder={registered.length === 0 ? "No telephone is registered" : "Choose a telephone"}
          searchable
          disabled={registered.length === 0 || goesOn(now)}
          data={registered.map((one) => ({
            value: String(one.id),
            label: one.internal === null ? one.fullName : `${one.fullName} · ${one.internal}`,
          }))}
          value={chosen}
          onChange={setLast}
        />
        <Button
          size="xs"
          variant="filled"
          disabled={act.busy || chosen === null || goesOn(now)}
          onClick={() => void ring()}
        >
          Ring
        </Button>
      </div>
      <p role="status" className="quiet">
        {now === null ? "It rings, you speak after the tone." : (now.why ?? WORDS[now.state](now.telephone))}
      </p>
      <ErrorLine error={act.error ?? call.error} />
    </div>
  );
}

const goesOn = (call: PromptCall | null): boolean => call?.state === "ringing" || call?.state === "talking";
