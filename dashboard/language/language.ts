import { computed, signal } from "@preact/signals";
import { firstLanguage, keepLanguage, type Language } from "./first-language";

export const language = signal<Language>(firstLanguage());

export function speak(chosen: Language): void {
  language.value = chosen;
  keepLanguage(chosen);
}

/** A text or a sentence with places to fill. */
type Text = string | ((...words: never[]) => string);
export type Texts = { readonly [name: string]: Text | Texts };

/** The same texts with the other language's words. */
type Translated<Of> = {
  readonly [Name in keyof Of]: Of[Name] extends string
    ? string
    : Of[Name] extends (...words: infer Words) => string
      ? (...words: Words) => string
      : Translated<Of[Name]>;
};

/**
 * Texts of one part of the page in both languages; what lacks in one does not compile. The answer gives those of the page's
 * language, and whatever reads it is drawn anew when the language changes.
 */
export function inLanguages<const Vietnamese extends Texts>(texts: {
  vi: Vietnamese;
  en: Translated<Vietnamese>;
}): () => Translated<Vietnamese> {
  const spoken = computed(() => texts[language.value]);
  return () => spoken.value as Translated<Vietnamese>;
}

/** What the hub says in two fields, `name` and `nameEn`. */
export const either = (vietnamese: string, english: string | null | undefined): string =>
  language.value === "en" ? (english ?? vietnamese) : vietnamese;
