/** A text that a spreadsheet would run as a formula gets a quote in front; reading takes it off again. */
export function safeText(text: string): string {
  return /^[=+\-@\t\r']/u.test(text) ? `'${text}` : text;
}
