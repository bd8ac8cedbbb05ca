/** Lets the browser save a text made here as a file. */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it in its own time; a minute is more than any disk needs.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
