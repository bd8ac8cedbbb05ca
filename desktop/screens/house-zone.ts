/** The time zone the house reckons its days in. */
export const houseZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
