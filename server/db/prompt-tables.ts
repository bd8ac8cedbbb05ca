import type { CreatedAt, Id, Maybe } from "./column-types.ts";

/** The tables of what callers hear. */
export interface PromptTables {
  prompts: { id: Id; name: string; created_at: CreatedAt };
  prompt_voices: {
    prompt_id: number;
    language: "en" | "it" | "es" | "fr";
    source: "file" | "text" | "telephone";
    text: Maybe<string>;
    file_name: Maybe<string>;
    length_ms: number;
    wide: Buffer;
    narrow: Buffer;
    sha256: Buffer;
    made_at: Date;
    made_by: Maybe<number>;
  };
}
