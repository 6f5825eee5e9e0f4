import { language } from "../language/language";

/** Messages of the gateway come as `Vietnamese / English`; those of subgraphs in the language asked for. */
export function inOneLanguage(message: string): string {
  const [vietnamese = message, english] = message.split(" / ");
  return language.peek() === "en" ? (english ?? message) : vietnamese;
}
