import { type ConfigFile, confFile, section } from "./conf.ts";
import type { AsteriskInstance } from "./instance.ts";
import { MODULES } from "./modules.ts";

/** Files Asterisk reads when it starts; they change with the machine, never with the house. */
export function renderBoot(instance: AsteriskInstance): ConfigFile[] {
  const { directories, rtp } = instance;
  return [
    confFile("asterisk.conf", [
      section("directories", [
        ["astetcdir", directories.etc],
        ["astmoddir", directories.modules],
        ["astvarlibdir", directories.var],
        ["astdbdir", directories.var],
        ["astkeydir", directories.var],
        ["astdatadir", directories.data],
        ["astagidir", `${directories.var}/agi-bin`],
        ["astspooldir", directories.spool],
        ["astrundir", directories.run],
        ["astlogdir", directories.log],
        ["astcachedir", `${directories.var}/cache`],
      ]),
      section("options", [
        // Makes ids of calls unique across nodes: node1-1795328066.0.
        ["systemname", instance.node],
        ["nocolor", "yes"],
        ["hideconnect", "yes"],
        ["live_dangerously", "no"],
        // A telephone that holds somebody, and is waiting, hears silence and not nothing: some end a call without sound.
        ["transmit_silence", "yes"],
        ["documentation_language", "en_US"],
      ]),
    ]),
    confFile("modules.conf", [
      section("modules", [["autoload", "no"], ...MODULES.map((module) => ["load", module] as const)]),
    ]),
    confFile("logger.conf", [
      // The journal tells everything that queue_log would.
      section("general", [
        ["dateformat", "%F %T.%3q"],
        ["queue_log", "no"],
        ["rotatestrategy", "rotate"],
        ["logger_queue_limit", 1000],
      ]),
      section("logfiles", [["messages", "notice,warning,error"]]),
    ]),
    confFile("rtp.conf", [
      section("general", [
        ["rtpstart", rtp.first],
        ["rtpend", rtp.last],
        // Only the address that was learnt at the start of a stream may go on sending it.
        ["strictrtp", "yes"],
      ]),
    ]),
    // Read by the core; absent, each of them is a warning in the log.
    confFile("cdr.conf", [section("general", [["enable", "no"]])]),
    confFile("indications.conf", [section("general", [["country", "us"]]), usTones()]),
    ...["ccss", "codecs", "dnsmgr", "dsp", "extconfig", "http", "pjproject", "queuerules"].map((name) =>
      confFile(`${name}.conf`, [section("general", [])]),
    ),
    ...["acl", "cli", "cli_permissions", "pjsip_notify", "sorcery", "stasis", "udptl"].map((name) =>
      confFile(`${name}.conf`, []),
    ),
  ];
}

/** The tones of one country: what the core falls back to. (ITU-T Operational Bulletin 781: United States.) */
function usTones(): string {
  return section("us", [
    ["description", "United States / North America"],
    ["ringcadence", "2000,4000"],
    ["dial", "350+440"],
    ["busy", "480+620/500,0/500"],
    ["ring", "440+480/2000,0/4000"],
    ["congestion", "480+620/250,0/250"],
    ["callwaiting", "440/300,0/10000"],
    ["dialrecall", "!350+440/100,!0/100,!350+440/100,!0/100,!350+440/100,!0/100,350+440"],
    ["record", "1400/500,0/15000"],
    ["info", "!950/330,!1400/330,!1800/330,0"],
    ["stutter", "!350+440/100,!0/100,!350+440/100,!0/100,!350+440/100,!0/100,350+440"],
  ]);
}
