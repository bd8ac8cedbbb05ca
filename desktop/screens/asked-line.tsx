import { Button } from "@mantine/core";
import type { AskedFor } from "../../contract/views.ts";
import { Banner } from "../ui/banner.tsx";
import { ErrorLine } from "../ui/blank.tsx";
import { Countdown } from "../ui/timer.tsx";
import { api, useDesk } from "./desk.ts";
import { useAct } from "./use-act.ts";

/** The telephone I asked for: that the question waits, or what was answered. */
export function AskedLine(props: { asked: AskedFor }) {
  const { asked } = props;
  const { connected } = useDesk();
  const act = useAct();
  const open = asked.answer === "waiting" || asked.answer === "when-call-ends";
  return (
    <Banner
      tone={asked.answer === "given" ? "ready" : open ? "ask" : "paused"}
      label="The telephone you asked for"
      acts={
        <>
          <ErrorLine error={act.error} />
          {asked.answer === "waiting" ? (
            <span className="quiet">
              <Countdown until={asked.expiresAt} /> for the answer
            </span>
          ) : null}
          <Button disabled={!connected || act.busy} onClick={() => act.run(api.withdrawAsking)}>
            {open ? "Withdraw" : "Close"}
          </Button>
        </>
      }
    >
      {wordsOf(asked)}
    </Banner>
  );
}

function wordsOf(asked: AskedFor): string {
  const { answer, holder, telephone } = asked;
  switch (answer) {
    case "waiting":
      return `You asked ${holder.name} for ${telephone.name}.`;
    case "when-call-ends":
      return `${holder.name} gives you ${telephone.name} when the call on it ends.`;
    case "given":
      return `${holder.name} gave you ${telephone.name}.`;
    case "kept":
      return `${holder.name} keeps ${telephone.name}. Choose another telephone, or ask a supervisor.`;
    case "expired":
      return whyItExpired(asked);
  }
}

function whyItExpired({ why, instead, holder, telephone }: AskedFor): string {
  if (instead !== undefined) {
    return `${instead.by.name} gives ${telephone.name} to ${instead.to.name} instead. Choose another telephone.`;
  }
  if (why === "away") return `You were away when you could have had ${telephone.name}. Ask again, or choose another.`;
  if (why === "not-possible") return `${telephone.name} could not be handed over to you. Choose another telephone.`;
  return `${holder.name} did not answer about ${telephone.name}. Ask again, or choose another telephone.`;
}
