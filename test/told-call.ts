import { takeBatch } from "../server/calls/journal-batch.ts";
import type { Database } from "../server/db/pool.ts";
import type { JournalFact } from "../server/journal.ts";
import { openLog } from "../server/log.ts";

const log = openLog({ level: "silent" });
const settings = { current: () => ({ undisposedUser: "telephone" as const }) };
let calls = 0;

/** A call that a telephone took and that is over. */
export interface ToldCall {
  endpoint: string;
  queueId: number | null;
  startedAt: Date;
  answeredAt: Date;
  endedAt: Date;
}

/** The journal tells of it: it is stored as every call is, with whom sat there. Answers its name, and its leg's. */
export async function tellOfCall(db: Database, told: ToldCall): Promise<{ linkedId: string; legId: string }> {
  calls += 1;
  const linkedId = `${Math.floor(told.startedAt.getTime() / 1000)}.${calls}`;
  const legId = `${linkedId}1`;
  const us = (at: Date) => at.getTime() * 1000;
  const [startedUs, answeredUs, endedUs] = [us(told.startedAt), us(told.answeredAt), us(told.endedAt)];
  const { endpoint, queueId } = told;
  const leg = { legId, endpoint, direction: "to-telephone" as const, queueId, movedIn: false };
  const row = {
    type: "inbound" as const,
    ...{ id: legId, legId, endpoint, queueId, startedUs, rangUs: startedUs, answeredUs, endedUs },
    ...{ source: "1", destination: "2", callerId: "", disposition: "ANSWERED" as const },
    ...{ talkUs: endedUs - answeredUs, holdUs: 0, accountCode: null, prefix: null, endedBy: "caller" as const },
  };
  const fact: JournalFact = {
    ...{ kind: "linked.ended", atUs: endedUs, linkedId, channelId: legId, party: { kind: "telephone", endpoint } },
    ...{ callerNumber: "1", callerName: "", exten: "2", context: "", app: "", appData: "", accountCode: "" },
    ...{ bridgeId: null, channelName: "", extra: {} },
  };
  const language = { read: () => fact, factOf: () => fact, mend: () => null, restartOf: () => "", endOf: () => "" };
  const fold = () => ({
    ...{ linkedId, type: "inbound" as const, startedUs, endedUs, endReason: "hang-up" as const },
    legs: [{ ...leg, rangUs: startedUs, answeredUs, endedUs }],
    ...{ moves: [], visits: [], transfers: [], rows: [row] },
  });
  const line = { fileId: "told", byte: calls, nextByte: calls + 1, text: JSON.stringify({ linkedId }) };
  await takeBatch({ db, log, settings, language, fold, node: "told" }, [line]);
  return { linkedId, legId };
}
