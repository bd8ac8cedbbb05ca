/** Numbers as typed into one line, parted by commas, semicolons or line breaks; none twice. */
export function numbersOf(typed: string): string[] {
  return [...new Set(typed.split(/[,;\n]/).map((one) => one.trim()))].filter((one) => one !== "");
}

/** What is wrong with the numbers of a line, in words; null where nothing is. */
export function wrongNumber(typed: string): string | null {
  const wrong = numbersOf(typed).find((one) => !/^[+0-9 ()./-]*[0-9][+0-9 ()./-]*$/.test(one));
  return wrong === undefined ? null : `“${wrong}” is not a telephone number.`;
}
