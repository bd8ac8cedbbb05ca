import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sipCertificate } from "./sip-certificate.ts";

it("makes a certificate that its own key has signed, once", () => {
  const home = mkdtempSync(join(tmpdir(), "perch-certificate-"));
  try {
    const { certificateFile, keyFile } = sipCertificate(home);
    const certificate = new X509Certificate(readFileSync(certificateFile));
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.subject).toBe("CN=perch");
    expect(certificate.validToDate.getTime() - certificate.validFromDate.getTime()).toBeGreaterThan(
      9 * 365 * 86_400_000,
    );
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    sipCertificate(home);
    expect(new X509Certificate(readFileSync(certificateFile)).fingerprint).toBe(certificate.fingerprint);
  } finally {
    rmSync(home, { recursive: true });
  }
});
