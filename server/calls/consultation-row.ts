import type { CallChannel } from "./call-channel.ts";
import { type Consultation, staysWithin } from "./consultation.ts";
import { type CallOutcome, type EndedBy, endpointOf, type FoldedRow } from "./folded-call.ts";
import { lengthOf } from "./hold-apart.ts";

/** The row of a consultation, of the telephone that asked. None while it only rings, as of any call. Pure. */
export function consultationRow({ ask, by, index, called, ...asked }: Consultation): FoldedRow | null {
  const { answeredUs, endedUs } = asked;
  if (answeredUs === null && endedUs === null) return null;
  const stays = staysWithin(by, ask.fromUs, endedUs);
  const { callerNumber, callerName } = ask;
  return {
    type: called.some(({ party }) => party.kind === "trunk") || ask.prefix !== null ? "outbound" : "internal",
    source: callerNumber,
    destination: ask.to,
    callerId: callerName === "" ? callerNumber : `${callerName} <${callerNumber}>`,
    accountCode: by.accountCode || null,
    prefix: ask.prefix,
    id: `${by.id}~${index}`,
    legId: null,
    endpoint: endpointOf(by),
    startedUs: ask.fromUs,
    rangUs: ask.fromUs,
    answeredUs,
    endedUs,
    talkUs:
      endedUs === null
        ? null
        : lengthOf(
            stays.map(({ fromUs, toUs }) => ({
              fromUs: Math.max(fromUs, answeredUs ?? endedUs),
              toUs: earlier(toUs, endedUs),
            })),
          ),
    holdUs: 0,
    disposition: answeredUs === null ? outcomeOf(ask.over?.dialStatus, called) : "ANSWERED",
    queueId: null,
    endedBy: endedUs === null ? null : endedBy(ask.over?.dialStatus, asked.handedOver),
  };
}

/** The line that it left may be lost: it was not there for longer than it lasted. */
const earlier = (toUs: number | null, endedUs: number): number => Math.min(toUs ?? endedUs, endedUs);

/** Where it ended otherwise than by coming back, the telephone that asked hung up. */
function outcomeOf(dialStatus: string | undefined, called: readonly CallChannel[]): CallOutcome {
  if (dialStatus === "BUSY") return "BUSY";
  return called.length === 0 || dialStatus === "CHANUNAVAIL" || dialStatus === "CONGESTION" ? "FAILED" : "NO ANSWER";
}

function endedBy(dialStatus: string | undefined, handedOver: boolean): EndedBy {
  if (handedOver) return "transfer";
  if (dialStatus === undefined || dialStatus === "CANCEL") return "caller";
  return dialStatus === "ANSWER" || dialStatus === "BUSY" ? "called" : "system";
}
