import { isIPv6 } from "node:net";
import type { TelephoneConfig, TelephonyConfig, TrunkConfig } from "../../telephony-config.ts";
import { INBOUND_CONTEXT, NUMBERS_CONTEXT, SIP_REALM, TELEPHONES_CONTEXT, trunkEndpoint } from "../names.ts";
import {
  type ConfigFile,
  type ConfLine,
  confFile,
  confMatching,
  confName,
  plainWords,
  SharedLines,
  section,
  sortedBy,
} from "./conf.ts";
import { pickupGroups } from "./feature-plan.ts";
import type { AsteriskInstance } from "./instance.ts";
import { SHARED_MARK } from "./seat-plan.ts";

/** A telephone that leaves without a word is seen to be gone within this and the time-out. */
const QUALIFY_SECONDS = 15;
const QUALIFY_TIMEOUT_SECONDS = 3;
/** A trunk that has others to stand in for it. */
const TRUNK_QUALIFY_SECONDS = 30;
/** A call whose other side went silent (its BYE was lost) ends after so long; on hold, silence is normal for longer. */
const RTP_TIMEOUT_SECONDS = 60;
const RTP_HOLD_TIMEOUT_SECONDS = 3600;

/** No username holds a `~`. */
const REFUSED_ENDPOINT = "refused~";

const CODECS = "g722,alaw,ulaw,gsm";

/** Transports, telephones and trunks. */
export function renderPjsip(instance: AsteriskInstance, config: TelephonyConfig): ConfigFile {
  const groups = pickupGroups(config.telephones);
  return confFile("pjsip.conf", [
    globalSection(),
    ...refusedSections(),
    ...transports(instance),
    ...sortedBy(config.telephones, (telephone) => telephone.endpoint).flatMap((each) =>
      telephone(each, groups.get(each.place ?? "") ?? null, config.calling.language, instance),
    ),
    ...sortedBy(config.trunks, (each) => trunkEndpoint(each.trunkId)).flatMap((each) =>
      trunk(each, config.calling.language),
    ),
  ]);
}

function globalSection(): string {
  return section("global", [
    ["type", "global"],
    ["user_agent", "Perch"],
    ["default_realm", SIP_REALM],
    // Who is calling is first asked of the From user: telephones may sit behind the same address as a trunk, and would
    // else be taken for it. A trunk's endpoint is found by its address alone (identify_by), so naming one in From
    // gains nothing, and a caller who bears a telephone's name is asked for its secret. Nobody else gets in: there is
    // no anonymous endpoint, and its identifier is not loaded.
    ["endpoint_identifier_order", "header,request_uri,username,ip"],
    // Else a queue with many members that is being filled, which is no business of SIP's, makes telephones unable to
    // register or call until it is done (Asterisk's issue 1972).
    ["taskprocessor_overload_trigger", "pjsip_only"],
  ]);
}

/**
 * Whoever writes a line break into a number is nobody, from wherever he calls. Asterisk takes `%0d%0a` in an address as
 * the line break it stands for and writes numbers as they are into its manager's events and the head of a call that is
 * handed to us (22.10.1): he could tell us events of his own. So he is asked for a secret that there is none of.
 */
function refusedSections(): string[] {
  const controls = "/%([01][0-9A-Fa-f]|7[Ff])/";
  const named = ["From", "P-Asserted-Identity", "Remote-Party-ID", "Diversion", "Refer-To"];
  const identify = (name: string, line: ConfLine): string =>
    section(`${REFUSED_ENDPOINT}.${name.toLowerCase()}`, [["type", "identify"], ["endpoint", REFUSED_ENDPOINT], line]);
  return [
    section(REFUSED_ENDPOINT, [
      ["type", "endpoint"],
      ["context", INBOUND_CONTEXT],
      ["auth", REFUSED_ENDPOINT],
      ["identify_by", "header,request_uri"],
      ["allow_subscribe", "no"],
    ]),
    section(REFUSED_ENDPOINT, [
      DIGEST_BEGINS,
      ["username", REFUSED_ENDPOINT],
      // No name and secret have this digest that anybody could find.
      ["password_digest", `MD5:${"0".repeat(32)}`],
    ]),
    ...named.map((header) => identify(header, ["match_header", `${header}: ${controls}`])),
    identify("uri", ["match_request_uri", controls]),
  ];
}

function transports({ sip, tls }: AsteriskInstance): string[] {
  const host = isIPv6(sip.listen) ? `[${sip.listen}]` : sip.listen;
  const udp = section("transport-udp", [
    ["type", "transport"],
    ["protocol", "udp"],
    ["bind", `${host}:${sip.port}`],
  ]);
  if (tls === null) return [udp];
  return [
    udp,
    section("transport-tls", [
      ["type", "transport"],
      ["protocol", "tls"],
      ["bind", `${host}:${tls.port}`],
      ["cert_file", tls.certificateFile],
      ["priv_key_file", tls.keyFile],
      ["method", "tlsv1_2"],
    ]),
  ];
}

/** What all endpoints share: voice always runs through here, so that hold, transfer and lost peers are seen. */
const MEDIA = new SharedLines([
  ["disallow", "all"],
  ["allow", CODECS],
  ["direct_media", "no"],
  ["rtp_symmetric", "yes"],
  ["force_rport", "yes"],
  ["rtp_timeout", RTP_TIMEOUT_SECONDS],
  ["rtp_timeout_hold", RTP_HOLD_TIMEOUT_SECONDS],
  ["allow_subscribe", "no"],
  ["allow_overlap", "no"],
]);

const TELEPHONE_BEGINS = new SharedLines([
  ["type", "endpoint"],
  ["context", TELEPHONES_CONTEXT],
  // By whatever way it is sent on: a number that nobody has is refused, and the caller stays where he is.
  ["set_var", `TRANSFER_CONTEXT=${NUMBERS_CONTEXT}`],
]);
const TELEPHONE_ENDS = new SharedLines([["identify_by", "username"], ["rewrite_contact", "yes"], MEDIA]);
/** Encrypted where the telephone offers it; plain telephones go on beside it. */
const ENCRYPTION = new SharedLines([
  ["media_encryption", "sdes"],
  ["media_encryption_optimistic", "yes"],
]);
const DIGEST_BEGINS = new SharedLines([
  ["type", "auth"],
  ["auth_type", "digest"],
  ["realm", SIP_REALM],
  // SHA-256 is not offered, although we hold its digest: a telephone that does not know it gives up at the sight of
  // it, even as the second choice (seen with baresip 1.1), instead of taking the one it knows (RFC 8760, 2.4).
  ["supported_algorithms_uas", "MD5"],
]);
const AOR = new SharedLines([
  ["type", "aor"],
  ["max_contacts", 1],
  // The newest registration wins: a telephone that was moved or restarted must not be locked out by its own past.
  ["remove_existing", "yes"],
  ["remove_unavailable", "yes"],
  ["minimum_expiration", 30],
  ["default_expiration", 120],
  ["maximum_expiration", 3600],
  ["qualify_frequency", QUALIFY_SECONDS],
  ["qualify_timeout", QUALIFY_TIMEOUT_SECONDS],
]);

function telephone(
  config: TelephoneConfig,
  group: string | null,
  language: string,
  { tls }: AsteriskInstance,
): string[] {
  const name = confName(config.endpoint);
  const number = confMatching(config.internal ?? name, /^[A-Za-z0-9_.-]+$/, "internal number");
  return [
    section(name, [
      TELEPHONE_BEGINS,
      ["aors", name],
      ["auth", name],
      ["callerid", `"${plainWords(config.displayName)}" <${number}>`],
      ["language", language],
      ...(group === null
        ? []
        : ([
            ["named_call_group", group],
            ["named_pickup_group", group],
          ] as const)),
      config.shared ? [SHARED_MARK.setting, SHARED_MARK.value] : null,
      TELEPHONE_ENDS,
      tls === null ? null : ENCRYPTION,
    ]),
    section(name, [
      DIGEST_BEGINS,
      ["username", name],
      ["password_digest", `MD5:${confMatching(config.ha1Md5, /^[0-9a-f]{32}$/, "MD5 digest")}`],
    ]),
    section(name, [AOR]),
  ];
}

function trunk(config: TrunkConfig, language: string): string[] {
  const name = trunkEndpoint(config.trunkId);
  const host = confMatching(config.host, /^[A-Za-z0-9.:-]{1,253}$/, "host");
  const address = isIPv6(host) ? `[${host}]` : host;
  const withAuth = config.username !== null && config.password !== null;
  const matches = config.match.map((match) => confMatching(match, /^[0-9A-Fa-f.:/[\]]{2,70}$/, "address"));
  return [
    section(name, [
      ["type", "endpoint"],
      ["context", INBOUND_CONTEXT],
      // What a caller hears before somebody says otherwise.
      ["language", language],
      ["aors", name],
      ["identify_by", "ip"],
      withAuth ? ["outbound_auth", name] : null,
      ["trust_id_inbound", "yes"],
      // Nobody becomes another in the middle of a call; and what is said then is not looked at (refusedSections).
      ["trust_connected_line", "no"],
      // A caller must not be able to send himself on to any number.
      ["allow_transfer", "no"],
      ["send_pai", "yes"],
      // Else a re-INVITE tells the caller the name and the internal number of whoever picked up.
      ["send_connected_line", "no"],
      MEDIA,
    ]),
    section(name, [
      ["type", "aor"],
      ["contact", `sip:${address}:${config.port}`],
      // One that is gone refuses a call at once instead of after SIP's half a minute.
      ...(config.watched === true
        ? ([
            ["qualify_frequency", TRUNK_QUALIFY_SECONDS],
            ["qualify_timeout", QUALIFY_TIMEOUT_SECONDS],
          ] as const)
        : []),
    ]),
    withAuth
      ? section(name, [
          ["type", "auth"],
          ["auth_type", "digest"],
          ["username", confName(config.username ?? "")],
          ["password", config.password ?? ""],
        ])
      : "",
    matches.length === 0
      ? ""
      : section(name, [
          ["type", "identify"],
          ["endpoint", name],
          ["srv_lookups", "no"],
          ...[...new Set(matches)].sort().map((match) => ["match", match] as const),
        ]),
  ].filter((text) => text !== "");
}
