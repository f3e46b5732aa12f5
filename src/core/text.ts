/** The two languages of the product: Chinese first, English second. */
export type Language = 'zh' | 'en'

/** One sentence in both languages, for what is decided before the reader is known. */
export interface Text {
  readonly zh: string
  readonly en: string
}

/** Picks the reader's language; both sentences stand side by side where they are written. */
export type Say = (zh: string, en: string) => string

export const speaker =
  (language: Language): Say =>
  (zh, en) =>
    language === 'zh' ? zh : en

export const inLanguage = (text: Text, language: Language): string => text[language]

export const text = (zh: string, en: string): Text => ({ zh, en })

/** A text as a regular expression takes it, letter by letter. */
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** "1 day", "2 days": a count with its English word. */
export const counted = (count: number, one: string): string =>
  `${count} ${one}${count === 1 ? '' : 's'}`

/** Names as they are said where there may be many. */
export function few(names: readonly string[], language: Language): string {
  const say = speaker(language)
  if (names.length <= 4) return names.join(say('、', ', '))
  const first = names.slice(0, 3).join(say('、', ', '))
  return say(`${first} 等 ${names.length} 位`, `${first} and ${names.length - 3} more`)
}
