// The two languages of the product, and how a journey asks for words in one of them.
// The words themselves are in words.ts; the product's own are in shared/src/text.
// Read next: journey.ts.

export type Language = 'zh-CN' | 'en';

export const languages: Language[] = ['zh-CN', 'en'];

/** A text in both languages, as in the product: Chinese first. */
export type Words = readonly [chinese: string, english: string];

export function inLanguage(words: Words, language: Language): string {
  return language === 'zh-CN' ? words[0] : words[1];
}
