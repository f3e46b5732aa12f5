/**
 * A text as an SQL literal: the only way a value may come into the text of a statement. For words of a
 * checked playbook or standard, of which SQL is made for whole books; whatever else varies is a
 * parameter.
 */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Texts as a list of literals, as `in (…)` wants it. */
export const listed = (texts: readonly string[]): string => texts.map(quoted).join(', ')

/**
 * SQL that takes longer to make than to run: what was made last is kept for as long as it is asked for with the same
 * values.
 */
export function keptSql<Values extends readonly unknown[]>(
  make: (...values: Values) => string,
): (...values: Values) => string {
  let kept: { readonly values: Values; readonly sql: string } | null = null
  return (...values) => {
    const same = kept?.values.every((value, place) => value === values[place])
    if (!kept || !same) kept = { values, sql: make(...values) }
    return kept.sql
  }
}
