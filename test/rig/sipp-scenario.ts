/** A caller's part: what he waits for and how long. Times in milliseconds; null is without end. */
export interface CallingScenario {
  from: { number: string; name?: string };
  talkMs: number | null;
  patienceMs: number | null;
}

/** A callee's part. */
export interface AnsweringScenario {
  answerAfterMs: number | null;
  refuseWith: number | null;
  talkMs: number | null;
}

/** Brackets are SIPp's own variables, quotes and line breaks SIP's. */
const plain = (text: string): string => text.replace(/["<>\\[\]\r\n]/g, "");

const note = (what: string): string => `<action><log message="${what}|[timestamp]"/></action>`;
const within = (ms: number | null, next: number): string =>
  ms === null ? "" : ` timeout="${Math.max(1, Math.trunc(ms))}" ontimeout="${next}"`;
const send = (lines: string[], attributes = "", body = ""): string => {
  const length = body === "" ? "Content-Length: 0" : "Content-Type: application/sdp\nContent-Length: [len]";
  return `<send${attributes}><![CDATA[\n${lines.join("\n")}\n${length}\n\n${body}\n]]></send>`;
};
const scenario = (name: string, parts: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="${name}">\n${parts.join("\n")}\n</scenario>\n`;

const SDP = `v=0
o=sipp 53655765 2353687637 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8 0 101
a=rtpmap:8 PCMA/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16`;

const OUR_TO = "To: <sip:[service]@[remote_ip]:[remote_port]>";
const OUR_VIA = "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]";
const CONTACT = "Contact: <sip:sipp@[local_ip]:[local_port]>";
const ENDING = ["Max-Forwards: 70", "Call-ID: [call_id]"];
const ECHOED = ["[last_Via:]", "[last_From:]", "[last_Call-ID:]"];
const TAGGED_TO = "[last_To:];tag=[pid]sipp[call_number]";

/** From the callee's BYE back to the caller, From and To change places: kept from the ACK. */
const NAMES_TAKEN = `<action>
<ereg regexp=".*" search_in="hdr" header="To:" assign_to="we"/>
<ereg regexp=".*" search_in="hdr" header="From:" assign_to="they"/>
<log message="answered|[timestamp]"/>
</action>`;

/** How a call can be refused before it is answered. */
const REFUSALS = [401, 403, 404, 408, 480, 484, 486, 487, 488, 500, 503, 603];

/** Calls, waits, talks, hangs up; each side may do so first. */
export function callingScenario({ from, talkMs, patienceMs }: CallingScenario): string {
  const number = plain(from.number);
  const sender = `From: "${plain(from.name ?? "")}" <sip:${number}@[local_ip]:[local_port]>;tag=[pid]sipp[call_number]`;
  const [givesUp, refused, hangsUp, over] = [1, 2, 3, 4];
  return scenario("caller", [
    send(
      [
        "INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0",
        OUR_VIA,
        sender,
        OUR_TO,
        "CSeq: 1 INVITE",
        CONTACT,
      ].concat(ENDING),
      ' retrans="500"',
      SDP,
    ),
    '<recv response="100" optional="true"/>',
    `<recv response="180" optional="true">${note("ringing")}</recv>`,
    `<recv response="183" optional="true">${note("progress")}</recv>`,
    ...REFUSALS.map(
      (status) => `<recv response="${status}" optional="true" next="${refused}">${note(`refused ${status}`)}</recv>`,
    ),
    `<recv response="200" rrs="true"${within(patienceMs, givesUp)}>${note("answered")}</recv>`,
    send(["ACK [next_url] SIP/2.0", OUR_VIA, sender, "[last_To:]", "[routes]", "CSeq: 1 ACK", CONTACT, ...ENDING]),
    `<recv request="BYE"${within(talkMs, hangsUp)}>${note("their-bye")}</recv>`,
    send(["SIP/2.0 200 OK", ...ECHOED, "[last_To:]", "[last_CSeq:]", CONTACT], ` next="${over}"`),
    `<label id="${hangsUp}"/>`,
    `<nop>${note("our-bye")}</nop>`,
    send(
      ["BYE [next_url] SIP/2.0", OUR_VIA, sender, "[last_To:]", "[routes]", "CSeq: 2 BYE", CONTACT, ...ENDING],
      ' retrans="500"',
    ),
    `<recv response="200" next="${over}"/>`,
    `<label id="${givesUp}"/>`,
    `<nop>${note("gave-up")}</nop>`,
    send(
      [
        "CANCEL sip:[service]@[remote_ip]:[remote_port] SIP/2.0",
        "[last_Via:]",
        sender,
        OUR_TO,
        "CSeq: 1 CANCEL",
      ].concat(ENDING),
    ),
    '<recv response="200"/>',
    '<recv response="487"/>',
    `<label id="${refused}"/>`,
    send([
      "ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0",
      "[last_Via:]",
      sender,
      "[last_To:]",
      "CSeq: 1 ACK",
      ...ENDING,
    ]),
    `<label id="${over}"/>`,
  ]);
}

/** Takes a call: rings, answers or refuses, talks, hangs up. */
export function answeringScenario({ answerAfterMs, refuseWith, talkMs }: AnsweringScenario): string {
  const answer = (status: string, attributes = "", body = "") =>
    send([`SIP/2.0 ${status}`, ...ECHOED, TAGGED_TO, "[last_CSeq:]", CONTACT], attributes, body);
  const invited = `<recv request="INVITE" crlf="true">${note("called")}</recv>`;
  if (refuseWith !== null) {
    return scenario("callee", [invited, answer(`${refuseWith} No`, ' retrans="500"'), '<recv request="ACK"/>']);
  }
  const [answers, hangsUp, over] = [1, 2, 3];
  return scenario("callee", [
    invited,
    answer("180 Ringing"),
    `<recv request="CANCEL"${within(answerAfterMs, answers)}>${note("given-up")}</recv>`,
    answer("200 OK"),
    send(
      ["SIP/2.0 487 Request Terminated", ...ECHOED, TAGGED_TO, "CSeq: [last_cseq_number] INVITE", CONTACT],
      ' retrans="500"',
    ),
    `<recv request="ACK" next="${over}"/>`,
    `<label id="${answers}"/>`,
    answer("200 OK", ' retrans="500"', SDP),
    `<recv request="ACK" rrs="true">${NAMES_TAKEN}</recv>`,
    `<recv request="BYE"${within(talkMs, hangsUp)}>${note("their-bye")}</recv>`,
    send(["SIP/2.0 200 OK", ...ECHOED, "[last_To:]", "[last_CSeq:]", CONTACT], ` next="${over}"`),
    `<label id="${hangsUp}"/>`,
    `<nop>${note("our-bye")}</nop>`,
    send(["BYE [next_url] SIP/2.0", OUR_VIA, "From: [$we]", "To: [$they]", "CSeq: 2 BYE", ...ENDING], ' retrans="500"'),
    '<recv response="200"/>',
    `<label id="${over}"/>`,
  ]);
}
