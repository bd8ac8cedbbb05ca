import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The certificate of SIP over TLS: `secrets/sip.crt` and `sip.key` of the home. A house puts its own there; where there
 * is none, one is made that is signed by itself, which telephones accept when they are told not to check it.
 */
export function sipCertificate(home: string): { certificateFile: string; keyFile: string } {
  const folder = join(home, "secrets");
  const certificateFile = join(folder, "sip.crt");
  const keyFile = join(folder, "sip.key");
  if (!existsSync(certificateFile)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(keyFile)) {
      const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      writeFileSync(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    }
    const certificate = selfSigned(readFileSync(keyFile, "utf8"), "perch", new Date());
    writeFileSync(certificateFile, certificate, { mode: 0o600 });
  }
  return { certificateFile, keyFile };
}

const YEARS = 10;

/** X.509 version 1 (RFC 5280, 4.1): name, key, dates and a signature are all a telephone asks for. PEM. */
function selfSigned(keyPem: string, commonName: string, from: Date): string {
  const key = createPrivateKey(keyPem);
  const until = new Date(from);
  until.setUTCFullYear(from.getUTCFullYear() + YEARS);
  // sha256WithRSAEncryption, 1.2.840.113549.1.1.11, with no parameters.
  const algorithm = der(0x30, der(0x06, Buffer.from("2a864886f70d01010b", "hex")), der(0x05));
  // id-at-commonName, 2.5.4.3.
  const attribute = der(0x30, der(0x06, Buffer.from("550403", "hex")), der(0x0c, Buffer.from(commonName, "utf8")));
  const name = der(0x30, der(0x31, attribute));
  const serial = der(0x02, Buffer.concat([Buffer.from([0x40]), randomBytes(15)]));
  const publicKey = createPublicKey(key).export({ type: "spki", format: "der" });
  const body = der(0x30, serial, algorithm, name, der(0x30, utcTime(from), utcTime(until)), name, publicKey);
  const signature = der(0x03, Buffer.from([0]), sign("sha256", body, key));
  const lines =
    der(0x30, body, algorithm, signature)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** YYMMDDhhmmssZ (RFC 5280, 4.1.2.5.1). */
function utcTime(at: Date): Buffer {
  const text = at.toISOString().replace(/[-:T]|\.\d+/g, "");
  return der(0x17, Buffer.from(text.slice(2)));
}

/** One value with its tag and length (X.690, 8.1). */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length]), bytes, content]);
}
