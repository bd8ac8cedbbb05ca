import type { Answer } from "../telephony.ts";
import type { TestCallEvent, TestCalls } from "../test-calls.ts";
import type { Ami } from "./ami.ts";
import type { AmiMessage } from "./ami-parser.ts";
import { SELF_TEST_CONTEXT, TEST_CALL_PREFIX, telephoneInterface } from "./names.ts";

/** No telephone needs longer to say that it rings, and nobody longer to pick up. */
const RING_MS = 30_000;
const RINGING = "5";
const UP = "6";

/** Test calls, and what the link has to hand over for them. */
export interface AsteriskTestCalls extends TestCalls {
  /** Whether the event was of a test call: then nobody else may see it. */
  take(event: AmiMessage): boolean;
  linkLost(): void;
}

/** Whether a channel, by its unique id, belongs to a test call. */
export const isTestChannel = (uniqueId: string | undefined): boolean => uniqueId?.startsWith(TEST_CALL_PREFIX) === true;

/** Test calls over the manager. The unique id of each is given to Asterisk, so that its events are known from the first. */
export function createTestCalls(ami: Pick<Ami, "action">): AsteriskTestCalls {
  const listeners = new Set<(event: TestCallEvent) => void>();
  const channelOf = (testId: string) => `${TEST_CALL_PREFIX}${testId}`;
  const tell = (event: TestCallEvent | null) => {
    if (event !== null) for (const listener of listeners) listener(event);
  };
  const ask = async (action: string, fields: Record<string, string | number | boolean>): Promise<Answer> => {
    const reply = await ami.action(action, fields);
    return reply.ok ? { ok: true } : reply;
  };
  const variable = async (testId: string, name: string): Promise<string | null> => {
    const reply = await ami.action("Getvar", { Channel: channelOf(testId), Variable: name });
    return reply.ok ? (reply.message.Value ?? null) : null;
  };

  return {
    ring: (testId, endpoint, header) =>
      ask("Originate", {
        Channel: telephoneInterface(endpoint),
        ChannelId: channelOf(testId),
        Context: SELF_TEST_CONTEXT,
        Exten: "s",
        Priority: 1,
        CallerID: '"Perch test" <0>',
        Timeout: RING_MS,
        Async: true,
        ...(header === null ? {} : { Variable: `PJSIP_HEADER(add,${header.header})=${header.value}` }),
      }),
    tell: (testId, what) => ask("PJSIPNotify", { Channel: channelOf(testId), Variable: `Event=${what}` }),
    async voice(testId) {
      const [codec, packets] = [
        await variable(testId, "CHANNEL(audionativeformat)"),
        await variable(testId, "CHANNEL(rtcp,rxcount)"),
      ];
      return codec === null || packets === null || !/^[0-9]+$/.test(packets)
        ? null
        : { codec: codec.replace(/[()]/g, ""), packets: Number(packets) };
    },
    async hangUp(testId) {
      const answer = await ask("Hangup", { Channel: channelOf(testId) });
      return !answer.ok && /^No such channel/.test(answer.why) ? { ok: true } : answer;
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    take(event) {
      const channel = [event.Uniqueid, event.DestUniqueid].find(isTestChannel);
      if (channel === undefined) return false;
      tell(eventOf(event, channel.slice(TEST_CALL_PREFIX.length)));
      return true;
    },
    linkLost: () => tell({ type: "lost" }),
  };
}

function eventOf(event: AmiMessage, testId: string): TestCallEvent | null {
  switch (event.Event) {
    case "Newstate":
      if (event.ChannelState === RINGING) return { type: "rings", testId };
      return event.ChannelState === UP ? { type: "answered", testId } : null;
    case "DTMFEnd":
      return event.Direction === "Received" ? { type: "key", testId, key: event.Digit ?? "" } : null;
    case "Hold":
    case "Unhold":
      return { type: "held", testId, held: event.Event === "Hold" };
    case "Hangup":
      return { type: "ended", testId, cause: /^[0-9]+$/.test(event.Cause ?? "") ? Number(event.Cause) : null };
    default:
      return null;
  }
}
