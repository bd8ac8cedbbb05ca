import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Me } from "../../contract/views.ts";
import { RefusalError } from "../model/refusal-error.ts";
import { EmptyState } from "../ui/blank.tsx";
import { ServerClock } from "../ui/server-clock.tsx";
import { api, DeskContext, live, queries, useLive } from "./desk.ts";
import { useEndedSeat } from "./ended-seat.ts";
import { useSettings } from "./house-settings.ts";
import { Shell } from "./shell.tsx";
import { SignInScreen } from "./sign-in-screen.tsx";
import { forgetMe, ME, SIGNED_OUT_WHY, signOut } from "./sign-out.ts";

/** Asked for again this often while nobody answers. */
const AGAIN_MS = 2000;

/** Around every screen: first who it is, then the live line, then the shell with the screen in it. */
export function Frame() {
  const me = useQuery({
    queryKey: ME,
    queryFn: whoAmI,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchInterval: (query) => (query.state.status === "error" ? AGAIN_MS : false),
  });
  if (me.isPending || me.isError) return <Waiting unreachable={me.isError} />;
  if (me.data === null) {
    const why = queries.getQueryData<string>(SIGNED_OUT_WHY) ?? null;
    return <SignInScreen why={why} onSignedIn={(signedIn) => queries.setQueryData(ME, signedIn)} />;
  }
  return <Connected key={me.data.id} />;
}

async function whoAmI(): Promise<Me | null> {
  try {
    return await api.me();
  } catch (error) {
    if (error instanceof RefusalError && error.problem.status === 401) return null;
    throw error;
  }
}

function Connected() {
  const state = useLive();
  const settings = useSettings();
  const wasLive = useRef(false);
  const ended = useEndedSeat(state.snapshot);

  useEffect(() => {
    live.start();
    return () => live.stop();
  }, []);
  useEffect(() => {
    if (state.status === "sign-in-required") forgetMe();
    if (state.status === "replaced")
      forgetMe(`${state.words ?? "You signed in at another desktop."} This one was signed out.`);
    if (state.status === "outdated") reloadOnce();
    if (state.status === "live") {
      // After a gap nobody knows what changed meanwhile: everything shown is asked for again.
      if (wasLive.current) void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== ME[0] });
      wasLive.current = true;
    }
  }, [state.status, state.words]);

  if (state.status === "outdated") return <Outdated />;
  if (state.status === "elsewhere") return <Elsewhere words={state.words} />;
  // Times mean nothing before it is known whose they are.
  if (state.snapshot === null || settings.isPending) return <Waiting unreachable={false} />;
  const stale = state.status === "stale" && state.heardAt !== null;
  const staleSince = stale ? new Date((state.heardAt ?? 0) + state.skewMs).toISOString() : null;
  return (
    <ServerClock skewMs={state.skewMs}>
      <DeskContext value={{ me: state.snapshot.me, snapshot: state.snapshot, connected: !stale, staleSince, ended }}>
        <Shell staleSince={staleSince} />
      </DeskContext>
    </ServerClock>
  );
}

const RELOADED = "perch.reloaded-for-protocol";

/** A server newer than this page: load the page that came with it. Once, or a wrong cache would do it for ever. */
function reloadOnce(): void {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (Date.now() - last < 60_000) return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
}

/** The house wants an agent at one desktop, and he is at another. */
function Elsewhere(props: { words: string | null }) {
  return (
    <main role="alert">
      <EmptyState
        title={props.words ?? "You are signed in at another desktop. Sign out there first."}
        act={
          <>
            <Button variant="filled" onClick={live.start}>
              Try again
            </Button>{" "}
            <Button onClick={() => void signOut()}>Sign out here</Button>
          </>
        }
      >
        Your session and your telephone are as they were; this desktop shows them when the other one has left.
      </EmptyState>
    </main>
  );
}

function Outdated() {
  return (
    <main>
      <EmptyState
        title="This page is of another version than the server"
        act={<Button onClick={() => location.reload()}>Load again</Button>}
      >
        Calls that Asterisk carries may go on. If loading again does not help, empty the browser's cache.
      </EmptyState>
    </main>
  );
}

function Waiting(props: { unreachable: boolean }) {
  return (
    <main role="status">
      {props.unreachable ? (
        <EmptyState title="Perch does not answer">
          Calls that Asterisk carries may go on. This page tries again by itself.
        </EmptyState>
      ) : (
        <EmptyState title="Connecting to Perch…" />
      )}
    </main>
  );
}
