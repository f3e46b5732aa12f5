/**
 * A text as an SQL literal: the only way a value may come into the text of a statement. For words of a
 * checked playbook or standard, of which SQL is made for whole books; whatever else varies is a
 * parameter.
 */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Texts as a list of literals, as `in (…)` wants it. */
export const listed = (texts: readonly string[]): string => texts.map(quoted).join(', ')
