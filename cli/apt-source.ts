/** What `apt-get indextargets` is asked for, one line an index of a configured archive. */
export const INDEX_TARGET_FORMAT = "$(REPO_URI) $(COMPONENT) $(RELEASE)";

/**
 * The Debian mirror this machine's apt is set up with, out of the lines of `apt-get indextargets`. The main archive is
 * told from the security one, ports, and other vendors' by the last part of its address.
 */
export const debianMirror = (indexTargets: string): string | undefined => {
  for (const line of indexTargets.split("\n")) {
    const [uri, component] = line.trim().split(" ");
    if (uri === undefined || component !== "main") continue;
    const address = uri.replace(/\/+$/, "");
    if (/\/debian$/.test(address)) return address;
  }
  return undefined;
};

/** One line for a sources.list. Without a keyring of its own, apt's trusted ones count. */
export const sourceLine = (mirror: string, suite: string, keyring: string | undefined): string =>
  `deb ${keyring === undefined ? "" : `[signed-by=${keyring}] `}${mirror} ${suite} main\n`;

/** Whether apt refused a Release file only because its date has passed. */
export const isPastItsDate = (output: string): boolean =>
  /is expired \(invalid since|is not valid anymore/i.test(output);
