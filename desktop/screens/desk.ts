import { QueryClient } from "@tanstack/react-query";
import { createApi } from "../model/api.ts";
import { UnreachableError } from "../model/refusal-error.ts";

/** The one API client of the page. */
export const api = createApi();

/** Answers are kept and asked again by it; only silence is retried, a refusal is an answer. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => error instanceof UnreachableError && failures < 3,
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});
