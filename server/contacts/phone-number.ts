import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

/**
 * A number as it is searched: E.164 where it can be told with the house's country, else its bare digits. Written in
 * different ways, the same number is the same text.
 */
export function canonicalNumber(typed: string, country: string): string {
  // "00" instead of "+" is how most of the world dials abroad (ITU-T E.164, 6.3); libphonenumber knows it by country.
  const parsed = isSupportedCountry(country) ? parsePhoneNumberFromString(typed, country as CountryCode) : undefined;
  if (parsed?.isPossible() === true) return parsed.number;
  return typed.replace(/[^0-9]/g, "");
}

/** Whether numbers written without a country can be read as those of this one. */
export function isCountry(country: string): boolean {
  return isSupportedCountry(country);
}
