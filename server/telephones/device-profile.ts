import type { DeviceModel } from "../../contract/views.ts";

/** What we know of the telephones of one maker, and how an administrator makes one register. */
export interface DeviceProfile {
  id: DeviceModel;
  /** As people call it. */
  name: string;
  /** The header that asks it to answer by itself; null where none is known to work. */
  autoAnswer: { header: "Call-Info" | "Alert-Info"; value: string } | null;
  /** It answers and holds when told by NOTIFY within the call (`Event: talk`, `Event: hold`). */
  notify: boolean;
  /** The codecs it speaks best, best first, as far as we offer them. */
  codecs: readonly string[];
  /** Begins its User-Agent. */
  userAgent: RegExp | null;
  /** Where in its menus the account is entered. `{server}`, `{port}`, `{user}` and `{secret}` stand for the values. */
  steps: readonly string[];
  /** What has to be switched on in the telephone for auto-answer or NOTIFY; null: works as it comes. */
  note: string | null;
}

const WIDE = ["g722", "alaw", "ulaw"] as const;
const NARROW = ["alaw", "ulaw"] as const;

const GENERIC: DeviceProfile = {
  id: "generic",
  name: "Any SIP telephone",
  autoAnswer: null,
  notify: false,
  codecs: WIDE,
  userAgent: null,
  steps: [
    "Open the telephone’s account or line settings.",
    "Server, registrar or domain: {server}, port {port}.",
    "User name, and authentication name where it is asked: {user}.",
    "Password: {secret}. Leave the realm empty.",
  ],
  note: null,
};

/**
 * One line a maker. Auto-answer: the makers' administrator guides say which header each reads (RFC 3261, 20.4 and
 * 20.9 name both headers and give them no such meaning). NOTIFY talk and hold is BroadSoft's remote control; a maker
 * stands here with `notify` only where its guide says that the telephone takes it, so `false` may mean "not known".
 */
export const DEVICE_PROFILES: readonly DeviceProfile[] = [
  GENERIC,
  {
    // Yealink, "Administrator's Guide for SIP-T2/T4/T5 Series IP Phones": "Distinctive Ring Tones", "Auto Answer";
    // "BroadSoft Integration Guide": "Remote Control (talk and hold events)".
    id: "yealink",
    name: "Yealink",
    autoAnswer: { header: "Alert-Info", value: "<sip:perch>;info=alert-autoanswer" },
    notify: true,
    codecs: WIDE,
    userAgent: /^Yealink/i,
    steps: [
      "Open http://(the telephone’s address)/ › Account › Register.",
      "Line active: Enabled. Register name and user name: {user}. Password: {secret}.",
      "SIP server 1: {server}, port {port}. Transport: UDP.",
    ],
    note: "Features › Intercom › Intercom allow must be on for auto-answer.",
  },
  {
    // Snom, "answer_after_policy" and "Intercom" of its settings wiki; "NOTIFY: talk, hold" of its BroadSoft guide.
    id: "snom",
    name: "Snom",
    autoAnswer: { header: "Call-Info", value: "<sip:perch>;answer-after=0" },
    notify: true,
    codecs: WIDE,
    userAgent: /^snom/i,
    steps: [
      "Open http://(the telephone’s address)/ › Setup › Identity 1 › Login.",
      "Account and authentication username: {user}. Password: {secret}.",
      "Registrar: {server}:{port}. Save, then Re-register.",
    ],
    note: "Setup › Preferences: the intercom policy (answer_after_policy) must allow auto-answer.",
  },
  {
    // Grandstream, "GXP21xx/GRP26xx Administration Guide": "Allow Auto Answer by Call-Info/Alert-Info"; "BroadWorks
    // Partner Configuration Guide": talk and hold events with Special Feature: BroadSoft.
    id: "grandstream",
    name: "Grandstream",
    autoAnswer: { header: "Call-Info", value: "<sip:perch>;answer-after=0" },
    notify: true,
    codecs: WIDE,
    userAgent: /^Grandstream/i,
    steps: [
      "Open http://(the telephone’s address)/ › Accounts › Account 1 › General settings.",
      "Account active: Yes. SIP server: {server}:{port}.",
      "SIP user ID and authenticate ID: {user}. Authenticate password: {secret}.",
    ],
    note: "Accounts › Account 1 › Call settings: allow auto answer by Call-Info. NOTIFY needs Special feature: BroadSoft.",
  },
  {
    // Poly, "UC Software Administrator Guide": voIpProt.SIP.alertInfo.x.value and .class (ringAutoAnswer); "NOTIFY:
    // talk, hold" among its third-party call control events.
    id: "poly",
    name: "Poly (Polycom)",
    autoAnswer: { header: "Alert-Info", value: "Auto Answer" },
    notify: true,
    codecs: WIDE,
    userAgent: /^Poly/i,
    steps: [
      "Open http://(the telephone’s address)/ › Settings › Lines › Line 1.",
      "Identification: address and authentication user ID {user}, authentication password {secret}.",
      "Server 1: address {server}, port {port}, transport UDPOnly.",
    ],
    note: "Auto-answer needs voIpProt.SIP.alertInfo.1.value “Auto Answer” with the class ringAutoAnswer.",
  },
  {
    // Fanvil, "X series Administration Manual": "Intercom", "Enable Auto Answer by Call-Info/Alert-Info".
    id: "fanvil",
    name: "Fanvil",
    autoAnswer: { header: "Alert-Info", value: "<sip:perch>;info=alert-autoanswer;delay=0" },
    notify: false,
    codecs: WIDE,
    userAgent: /^Fanvil/i,
    steps: [
      "Open http://(the telephone’s address)/ › Line › SIP.",
      "Username and authentication user: {user}. Authentication password: {secret}. Realm: empty.",
      "SIP server 1: {server}, port {port}. Activate: on. Apply.",
    ],
    note: "Phone settings › Features › Intercom: Enable intercom must be on for auto-answer.",
  },
  {
    // Cisco, "IP Phone 7800/8800 Series Multiplatform Phones Administration Guide": "Auto Answer Page" (Call-Info).
    id: "cisco-mpp",
    name: "Cisco MPP (7800, 8800)",
    autoAnswer: { header: "Call-Info", value: "<sip:perch>;answer-after=0" },
    notify: false,
    codecs: WIDE,
    userAgent: /^Cisco/i,
    steps: [
      "Open http://(the telephone’s address)/admin/advanced › Voice › Ext 1.",
      "Line enable: Yes. Proxy: {server}:{port}. Register: Yes.",
      "User ID and auth ID: {user}. Password: {secret}. Submit all changes.",
    ],
    note: "Voice › User: Auto answer page must be Yes. Only multiplatform firmware (MPP) speaks plain SIP.",
  },
  {
    // AudioCodes, "400HD Series IP Phone Administrator's Manual": voip/auto_answer/enabled, voip/talk_event/enabled.
    id: "audiocodes",
    name: "AudioCodes",
    autoAnswer: { header: "Call-Info", value: "<sip:perch>;answer-after=0" },
    notify: true,
    codecs: WIDE,
    userAgent: /^AUDC|^AudioCodes/i,
    steps: [
      "Open http://(the telephone’s address)/ › Configuration › Voice over IP › Line settings.",
      "Line 1: activate. User ID and authentication user name: {user}. Password: {secret}.",
      "Signaling protocol › SIP proxy and registrar: {server}, port {port}.",
    ],
    note: "voip/auto_answer/enabled and voip/talk_event/enabled must be 1.",
  },
  {
    // Linphone's assistant for accounts of other servers; it reads neither header, nor talk or hold.
    id: "linphone",
    name: "Linphone (softphone)",
    autoAnswer: null,
    notify: false,
    codecs: WIDE,
    userAgent: /^Linphone/i,
    steps: [
      "Choose “Third-party SIP account” in Linphone’s assistant.",
      "Username: {user}. Password: {secret}.",
      "Domain: {server}:{port}. Transport: UDP.",
    ],
    note: null,
  },
  {
    // baresip, "accounts" in its documentation: sip_autoanswer.
    id: "baresip",
    name: "baresip (softphone)",
    autoAnswer: { header: "Call-Info", value: "<sip:perch>;answer-after=0" },
    notify: false,
    codecs: NARROW,
    userAgent: /^baresip/i,
    steps: [
      "Add to the file accounts in ~/.baresip:",
      "<sip:{user}@{server}:{port};transport=udp>;auth_pass={secret}",
      "Start baresip again.",
    ],
    note: "Auto-answer needs ;sip_autoanswer=yes on the account’s line.",
  },
];

/** What a telephone calls itself, as one of ours; null where it is none we know. */
export function modelSeen(userAgent: string | null): DeviceModel | null {
  if (userAgent === null) return null;
  return DEVICE_PROFILES.find((profile) => profile.userAgent?.test(userAgent) === true)?.id ?? null;
}

/** How to treat a telephone: as what it was said to be, else as what it calls itself, else as any. */
export function profileOf(model: string | null, userAgent: string | null): DeviceProfile {
  const id = model ?? modelSeen(userAgent);
  return DEVICE_PROFILES.find((profile) => profile.id === id) ?? GENERIC;
}
