import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { RefusalError } from "../../model/refusal-error.ts";
import { ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { api } from "../desk.ts";

/** A page of what the house has once or not at all; its form begins anew whenever what is saved changes. */
export function OncePage<Saved>(props: {
  title: string;
  queryKey: readonly string[];
  path: string;
  form: (saved: Saved | null, key: string) => ReactNode;
}) {
  const found = useQuery({ queryKey: props.queryKey, queryFn: () => savedOrNone<Saved>(props.path), retry: false });
  return (
    <div className="screen admin">
      <header className="screen-head">
        <h1>{props.title}</h1>
      </header>
      {found.data === undefined ? (
        found.error ? (
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <LoadingRows />
        )
      ) : (
        <div className="screen-body padded">{props.form(found.data.saved, JSON.stringify(found.data))}</div>
      )}
    </div>
  );
}

/** Nobody has set it up yet: that is no fault. */
async function savedOrNone<Saved>(path: string): Promise<{ saved: Saved | null }> {
  try {
    return { saved: await api.get<Saved>(path) };
  } catch (error) {
    if (error instanceof RefusalError && error.problem.code === "not-found") return { saved: null };
    throw error;
  }
}
