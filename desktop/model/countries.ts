const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
/** Codes that name no country: reserved, tests, unions. */
const NOT_COUNTRIES = new Set(["EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"]);

/** Countries by their two letters, in the order of their names, as this browser names them. */
export function countries(): { code: string; name: string }[] {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .flatMap((code) => {
      const name = NOT_COUNTRIES.has(code) ? undefined : names.of(code);
      // One country has one code: old ones (DD, SU …) are named as what they became.
      return name === undefined || new Intl.Locale(`und-${code}`).region !== code ? [] : [{ code, name }];
    })
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}
