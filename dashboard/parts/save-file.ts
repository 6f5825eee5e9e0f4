/** Gives a file to whoever looks at the page, under a name of its own. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  // A browser may begin to read it later only.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
