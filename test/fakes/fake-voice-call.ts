import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { until } from "../until.ts";
import { FAKE_VOICE_SECRET } from "./fake-instance.ts";

/** What a caller heard, and how it ended. */
export interface FakeVoiceCall {
  /** The sounds, in order. */
  heard: string[];
  /** It was led to its end; else the dial plan apologises. */
  done: boolean;
}

/** How a call differs from one that dials a star code. */
export interface FakeVoiceOptions {
  /** It goes through this project. */
  projectId?: number;
  linkedId?: string;
  callerNumber?: string;
  /** What he says where his voice is taken, one after the other: milliseconds. He hangs up while he says the last. */
  says?: readonly number[];
}

/**
 * Plays a telephone that dials a star code, and Asterisk that hands it over: keys are given to one question after the
 * other. Answers when the server has let go of the call.
 */
export async function fakeVoiceCall(
  home: string,
  endpoint: string,
  dialled: string,
  keys: readonly string[] = [],
  { projectId, linkedId = "fake-1.1", callerNumber = "unknown", says = [] }: FakeVoiceOptions = {},
): Promise<FakeVoiceCall> {
  const port = await until("the dial plan says where star codes go", () => {
    const plan = readFileSync(join(home, "asterisk", "etc", "extensions.conf"), "utf8");
    return Number(/agi:\/\/127\.0\.0\.1:([0-9]+)\/star-codes/.exec(plan)?.[1] ?? 0) || null;
  });
  const call: FakeVoiceCall = { heard: [], done: false };
  const left = [...keys];
  const leftToSay = [...says];
  const record = (file: string): string => {
    const ms = leftToSay.shift() ?? 0;
    writeFileSync(`${file}.wav`, Buffer.alloc(44 + ms * 16));
    return leftToSay.length === 0 && says.length > 0
      ? "HANGUP\n200 result=-1 (hangup) endpos=0"
      : "200 result=0 (timeout)";
  };
  const answer = (line: string): string => {
    const quoted = [...line.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? "");
    if (line.startsWith("GET VARIABLE")) return `200 result=1 (${FAKE_VOICE_SECRET})`;
    if (line.startsWith("SET VARIABLE") && quoted[0] === "PERCH_DONE") call.done = quoted[1] === "yes";
    if (line.startsWith("STREAM FILE")) call.heard.push(quoted[0] ?? "");
    if (line.startsWith("RECORD FILE")) return record(quoted[0] ?? "");
    if (!line.startsWith("GET DATA")) return "200 result=0";
    call.heard.push(quoted[0] ?? "");
    const next = left.shift();
    return next === undefined ? "200 result= (timeout)" : `200 result=${next}`;
  };
  const socket = connect({ port, host: "127.0.0.1" });
  await new Promise<void>((resolve) => {
    let rest = "";
    socket.on("error", () => {});
    socket.on("close", () => resolve());
    socket.on("data", (chunk) => {
      rest += chunk.toString();
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) socket.write(`${answer(line)}\n`);
    });
    socket.write(
      [
        "agi_network: yes",
        `agi_network_script: ${projectId === undefined ? "star-codes" : "project"}`,
        `agi_arg_1: ${linkedId}`,
        `agi_arg_2: ${projectId ?? ""}`,
        `agi_callerid: ${callerNumber}`,
        `agi_channel: PJSIP/${endpoint}-0000000a`,
        "agi_language: en",
        `agi_uniqueid: ${linkedId}`,
        `agi_extension: ${dialled}`,
        "",
        "",
      ].join("\n"),
    );
  });
  return call;
}
