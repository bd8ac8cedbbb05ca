import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type HandClock, handClock } from "../../test/hand-clock.ts";
import { until } from "../../test/until.ts";
import { openLog } from "../log.ts";
import { CallerGone, type VoiceDialogue, type VoiceHandler } from "../voice-dialogue.ts";
import { type AgiServer, createAgiServer } from "./agi-server.ts";

let clock: HandClock;
let server: AgiServer;
let port: number;
let handled: { dialogue: VoiceDialogue; error: unknown }[];
let sockets: Socket[];

const serve = (handler: VoiceHandler) =>
  server.serve("star-codes", async (dialogue) => {
    const entry = { dialogue, error: null as unknown };
    handled.push(entry);
    try {
      await handler(dialogue);
    } catch (error) {
      entry.error = error;
      throw error;
    }
  });

beforeEach(async () => {
  clock = handClock();
  handled = [];
  sockets = [];
  server = createAgiServer({ clock, log: openLog({ level: "silent" }), secret: "s3cret", soundDir: "/nowhere" });
  port = await server.start(0);
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await server.stop();
});

const HEAD = [
  "agi_network: yes",
  "agi_network_script: star-codes",
  "agi_channel: PJSIP/desk1-0000000a",
  "agi_language: it",
  "agi_uniqueid: n-1.2",
  "agi_callerid: unknown",
  "agi_extension: *11",
];

/** Asterisk's side: says its head, and answers each command as `answers` says by its beginning. */
async function call(answers: Record<string, string>, head = HEAD) {
  const socket = connect({ port, host: "127.0.0.1" });
  sockets.push(socket);
  const commands: string[] = [];
  let closed = false;
  let rest = "";
  socket.on("close", () => {
    closed = true;
  });
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    rest += chunk.toString();
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      commands.push(line);
      const known = Object.entries({ "GET VARIABLE": "200 result=1 (s3cret)", ...answers });
      const answer = known.find(([begins]) => line.startsWith(begins))?.[1] ?? "200 result=0";
      if (answer !== "") socket.write(`${answer}\n`);
    }
  });
  socket.write(`${head.join("\n")}\n\n`);
  return { socket, commands, over: () => until("the connection is closed", () => closed) };
}

describe("a call that is handed over", () => {
  it("is known by its head, and told that it was led to its end", async () => {
    serve(async (dialogue) => {
      await dialogue.answer();
      await dialogue.say(["goodbye", { digits: "20" }]);
    });
    const { commands, over } = await call({});
    await over();
    expect(handled[0]?.dialogue.call).toEqual({
      channelId: "n-1.2",
      linkedId: "",
      subject: "",
      endpoint: "desk1",
      callerNumber: "",
      dialled: "*11",
    });
    expect(commands).toEqual([
      'GET VARIABLE "PERCH_VOICE"',
      'EXEC "Answer" "0,i"',
      'STREAM FILE "vm-goodbye" ""',
      'STREAM FILE "digits/2" ""',
      'STREAM FILE "digits/0" ""',
      'SET VARIABLE "PERCH_DONE" "yes"',
    ]);
  });

  it("of a trunk is of no telephone", async () => {
    serve(async () => {});
    await (await call({}, [...HEAD.slice(0, 2), "agi_channel: PJSIP/trunk~3-00000001"])).over();
    expect(handled[0]?.dialogue.call.endpoint).toBeNull();
  });

  it("is not led without the secret, nor where nobody waits for it", async () => {
    serve(async () => {});
    await (await call({ "GET VARIABLE": "200 result=1 (other)" })).over();
    await (await call({ "GET VARIABLE": "200 result=0" })).over();
    await (await call({}, HEAD.with(1, "agi_network_script: other"))).over();
    expect(handled).toEqual([]);
  });

  it("is apologised for by the dial plan when its handler fails", async () => {
    serve(() => Promise.reject(new Error("a fault")));
    const { commands, over } = await call({});
    await over();
    expect(commands).toEqual(['GET VARIABLE "PERCH_VOICE"']);
  });
});

describe("keys", () => {
  const asked = async (answers: Record<string, string>, say: "ask-pin" | "locked", most = 4) => {
    let heard: string | null | undefined;
    serve(async (dialogue) => {
      heard = await dialogue.digits({ say: [say], most, timeoutMs: 3000 });
    });
    const { commands, over } = await call(answers);
    await over();
    return { heard, commands: commands.slice(1, -1) };
  };

  it("are taken with the last sound, in one command", async () => {
    expect(await asked({ "GET DATA": "200 result=4711" }, "ask-pin")).toEqual({
      heard: "4711",
      commands: ['GET DATA "agent-pass" "3000" "4"'],
    });
  });

  it("cut short what is said before, and count", async () => {
    expect(await asked({ "STREAM FILE": "200 result=52 endpos=8", "GET DATA": "200 result=711" }, "locked")).toEqual({
      heard: "4711",
      commands: ['STREAM FILE "vm-incorrect" "0123456789*#"', 'GET DATA "" "3000" "3"'],
    });
    expect((await asked({ "STREAM FILE": "200 result=35 endpos=8" }, "locked")).heard).toBe("");
    expect((await asked({ "STREAM FILE": "200 result=50 endpos=8" }, "locked", 1)).heard).toBe("2");
  });

  it("are digits and stars; of A to D nothing is heard", async () => {
    expect((await asked({ "GET DATA": "200 result=A4B7" }, "ask-pin")).heard).toBe("47");
    expect((await asked({ "GET DATA": "200 result=D (timeout)" }, "ask-pin")).heard).toBeNull();
  });

  it("tell nothing at all from an end without keys", async () => {
    expect((await asked({ "GET DATA": "200 result= (timeout)" }, "ask-pin")).heard).toBeNull();
    expect((await asked({ "GET DATA": "200 result=" }, "ask-pin")).heard).toBe("");
    expect((await asked({ "GET DATA": "200 result=47 (timeout)" }, "ask-pin")).heard).toBe("47");
  });
});

describe("a caller who goes", () => {
  const gone = async (act: (socket: Socket) => void) => {
    serve(async (dialogue) => {
      await dialogue.digits({ say: ["ask-pin"], most: 4, timeoutMs: 3000 });
    });
    const { socket, commands } = await call({ "GET DATA": "" });
    await until("he is asked", () => commands.some((line) => line.startsWith("GET DATA")));
    act(socket);
    await until("the dialogue is over", () => handled[0]?.error);
    expect(handled[0]?.error).toBeInstanceOf(CallerGone);
    expect(handled[0]?.dialogue.gone.aborted).toBe(true);
  };

  it("ends the dialogue, whether he hangs up or the connection breaks", async () => {
    await gone((socket) => socket.write("HANGUP\n"));
    handled = [];
    await gone((socket) => socket.destroy());
  });

  it("is told from a sound that is missing", async () => {
    serve(async (dialogue) => {
      await dialogue.say(["goodbye", "goodbye"]);
    });
    const missing = await call({ "STREAM FILE": "200 result=-1 endpos=0", "CHANNEL STATUS": "200 result=6" });
    await missing.over();
    expect(missing.commands.filter((line) => line.startsWith("STREAM FILE"))).toHaveLength(2);
    await (await call({ "STREAM FILE": "200 result=-1 endpos=0", "CHANNEL STATUS": "200 result=-1" })).over();
    expect(handled[1]?.error).toBeInstanceOf(CallerGone);
  });
});

describe("a peer that is not what it should be", () => {
  it("is sent away when it says nothing", async () => {
    const mute = connect({ port, host: "127.0.0.1" });
    sockets.push(mute);
    let closed = false;
    mute.on("close", () => {
      closed = true;
    });
    mute.resume();
    await until("it is gone", () => {
      clock.advance(5_000);
      return closed;
    });
  });

  it("is sent away when it says too much", async () => {
    serve(async (dialogue) => {
      await dialogue.answer();
    });
    const loud = await call({ EXEC: "" });
    loud.socket.write("x".repeat(10_000));
    await loud.over();
  });

  it("is sent away when it does not answer", async () => {
    serve(async (dialogue) => {
      await dialogue.answer();
    });
    const stubborn = await call({ EXEC: "" });
    await until("it is asked", () => stubborn.commands.includes('EXEC "Answer" "0,i"'));
    clock.advance(10_000);
    await stubborn.over();
  });
});
