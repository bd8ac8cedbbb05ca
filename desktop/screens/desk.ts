import { QueryClient } from "@tanstack/react-query";
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Snapshot } from "../../contract/snapshot.ts";
import type { Me } from "../../contract/views.ts";
import { createApi } from "../model/api.ts";
import type { EndedSeat } from "../model/ended-sentence.ts";
import { createLiveConnection } from "../model/live-connection.ts";
import type { LiveState } from "../model/live-state.ts";
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

/** The one live line of the page; the frame starts it when somebody is signed in. */
export const live = createLiveConnection({
  open(ears) {
    const socket = new WebSocket(new URL("/api/v1/live", location.href.replace(/^http/, "ws")));
    socket.onmessage = (event) => ears.message(event.data);
    socket.onclose = (event) => ears.closed(event.code, event.reason);
    return socket;
  },
  now: () => Date.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  chance: () => Math.random(),
});

/** The state of the live line; drawn again with each frame. */
export function useLive(): LiveState {
  return useSyncExternalStore(live.subscribe, live.state);
}

/** What the frame gives to the screens inside it. */
export interface Desk {
  me: Me;
  snapshot: Snapshot;
  /** False while the snapshot is stale: acts would not arrive. */
  connected: boolean;
  /** Since when the snapshot is stale; null while it is true. */
  staleSince: string | null;
  /** The session that somebody or something else ended. */
  ended: EndedSeat | null;
}

export const DeskContext = createContext<Desk | null>(null);

/** Who sits here and what is known live. For screens inside the frame. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error("a screen stands outside the frame");
  return desk;
}
