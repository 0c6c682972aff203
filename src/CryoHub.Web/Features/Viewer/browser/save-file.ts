/** Hands bytes to the browser as a download. */
export function saveFile(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), { href, download: name }).click();
  URL.revokeObjectURL(href);
}

/** Puts text on the clipboard; says in words whether the browser let us. */
export async function copyText(text: string): Promise<string> {
  try { await navigator.clipboard.writeText(text); return "Copied; paste it into a spreadsheet"; }
  catch { return "The browser did not allow copying; CSV saves the same numbers"; }
}
