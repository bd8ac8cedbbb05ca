import { Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import type { Session } from "../../contract/views.ts";
import { Banner } from "../ui/banner.tsx";
import { ErrorLine } from "../ui/blank.tsx";
import { Key } from "../ui/key.tsx";
import { Countdown } from "../ui/timer.tsx";
import { api, useDesk } from "./desk.ts";
import { useAct } from "./use-act.ts";

/**
 * Somebody asks for the telephone I hold. It stays beside the work, is read out at once, is in the tab's title, and F9
 * goes to it from anywhere: nothing that is being typed is taken away.
 */
export function TakeoverQuestion(props: { session: Session; request: NonNullable<Session["takeoverRequest"]> }) {
  const { session, request } = props;
  const { snapshot, connected } = useDesk();
  const act = useAct();
  const keep = useRef<HTMLButtonElement>(null);
  const onCall = snapshot.legs.some((leg) => leg.state !== "ended");
  const telephone = session.telephone.name;
  useHotkeys([["F9", () => keep.current?.focus()]], []);
  useEffect(() => {
    const before = document.title;
    document.title = `${request.by.name} asks for ${telephone} · Perch`;
    return () => {
      document.title = before;
    };
  }, [request.by.name, telephone]);

  const answer = (word: "give" | "keep") => act.run(() => api.answerTakeover(request.id, word));
  const disabled = !connected || act.busy;
  return (
    <Banner
      tone="ask"
      label={`${request.by.name} asks for your telephone`}
      urgent
      acts={
        <>
          <ErrorLine error={act.error} />
          <span className="quiet">
            <Countdown until={request.expiresAt} /> to answer
          </span>
          <Button ref={keep} disabled={disabled} onClick={() => answer("keep")} rightSection={<Key name="F9" />}>
            Keep it
          </Button>
          <Button variant="filled" disabled={disabled} onClick={() => answer("give")}>
            {onCall ? "Give when the call ends" : "Give it"}
          </Button>
        </>
      }
    >
      <strong>
        {request.by.name} asks for {telephone}.
      </strong>{" "}
      If you give it, your session {onCall ? "ends with the call" : "ends"} and the telephone is theirs.
    </Banner>
  );
}
