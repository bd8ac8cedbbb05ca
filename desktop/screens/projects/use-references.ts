import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { OPTION_REFERENCES, type OptionReference } from "../../../contract/flow.ts";
import type { Page } from "../../model/api.ts";
import type { NameOf } from "../../model/projects/block-words.ts";
import type { Kinds } from "../../model/projects/flow-edit.ts";
import type { Option } from "../../ui/field-drawing.ts";
import { api } from "../desk.ts";

interface Named {
  id: number;
  name?: string;
  fullName?: string;
  /** Of a query. */
  parameters?: string[];
  /** Of a secret. */
  purpose?: string;
}

const PATHS: Record<OptionReference, string> = {
  queue: "queues",
  agent: "agents",
  telephone: "telephones",
  project: "projects",
  prompt: "prompts",
  calendar: "calendars",
  "contact-list": "contact-lists",
  "data-query": "data-queries",
};
const MOST = 5000;

export interface References {
  nameOf: NameOf;
  /** What can be chosen, by name. */
  options: (kind: OptionReference) => Option[];
  /** Why there is nothing to choose from; null: it is there. */
  missing: (kind: OptionReference) => string | null;
  /** What a query wants to be given, in words; null: nothing, or it is no query. */
  wants: (kind: OptionReference, id: number) => string | null;
  /** What can stand in headers, as variables are written. */
  secrets: () => string[];
}

async function everything(path: string): Promise<Named[]> {
  const rows: Named[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Named> = await api.get(`/${path}`, { limit: path === "telephones" ? 1000 : 200, cursor });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null && rows.length < MOST);
  return rows;
}

const plural = (word: string) => (word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`);
const named = (row: Named) => row.name ?? row.fullName ?? String(row.id);

/** The things of the house that the options of blocks refer to, with their names. Only those kinds that some block can name. */
export function useReferences(kinds: Kinds): References {
  const wanted = useMemo(() => {
    const text = JSON.stringify([...kinds.values()].map(({ options }) => options));
    const says = (draw: string) => text.includes(`"draw":"${draw}"`);
    return OPTION_REFERENCES.filter((kind) => says(kind) || (kind === "prompt" && says("sayings")));
  }, [kinds]);
  const answers = useQueries({
    queries: wanted.map((kind) => ({
      queryKey: ["house", "named", PATHS[kind]],
      queryFn: () => everything(PATHS[kind]),
      staleTime: 15_000,
      refetchOnWindowFocus: true,
    })),
    combine: (results) => ({
      rows: results.map(({ data }) => data),
      failed: results.map(({ isError, data }) => isError && data === undefined),
    }),
  });
  const headers = useMemo(() => JSON.stringify([...kinds.values()]).includes('"draw":"header"'), [kinds]);
  const secrets = useQuery({
    queryKey: ["house", "named", "secrets"],
    queryFn: () => everything("secrets"),
    staleTime: 15_000,
    refetchOnWindowFocus: true,
    enabled: headers,
  });
  const known = secrets.data;
  return useMemo(() => {
    const queries = new Map<number, readonly string[]>();
    for (const rows of answers.rows) {
      for (const { id, parameters } of rows ?? []) if (parameters !== undefined) queries.set(id, parameters);
    }
    const names = new Map<OptionReference, Map<number, string>>();
    const failed = new Set<OptionReference>();
    wanted.forEach((kind, at) => {
      const rows = answers.rows[at];
      if (rows !== undefined) names.set(kind, new Map(rows.map((row) => [row.id, named(row)])));
      if (answers.failed[at] === true) failed.add(kind);
    });
    return {
      nameOf: (kind, id) => names.get(kind)?.get(id) ?? null,
      options: (kind) =>
        [...(names.get(kind) ?? [])]
          .sort(([, a], [, b]) => a.localeCompare(b, "en", { numeric: true }))
          .map(([id, name]) => ({ value: String(id), label: name })),
      missing: (kind) => {
        const one = kind.replace("-", " ");
        if (failed.has(kind)) return `The ${plural(one)} cannot be read now.`;
        return names.get(kind)?.size === 0 ? `There is no ${one} yet.` : null;
      },
      wants(kind, id) {
        const parameters = kind === "data-query" ? (queries.get(id) ?? []) : [];
        return parameters.length === 0
          ? null
          : `Parameters: ${parameters.join(", ")}. Each takes the variable of its name.`;
      },
      secrets: () =>
        (known ?? []).flatMap(({ name, purpose }) => (purpose === "header" ? [`secret.${name ?? ""}`] : [])),
    };
  }, [wanted, answers, known]);
}
