import { inLanguage, type Language } from '../../../core/text.ts'
import { SHEETS, type Value } from '../../playbook/cells/sheets.ts'
import { tierLabel } from '../../tier-rules/rules.ts'

/** A tier as a line names it: those of existing clients by their letter, others by their name. */
export const tierName = (tier: string, language: Language): string =>
  /^[A-Z]$/.test(tier) ? tier : tierLabel(tier, language)

/** What the row of a value is called. */
export const rowName = ({ sheet, row, called = row }: Value, language: Language): string => {
  const name = inLanguage(called, language)
  return sheet === 'care' ? tierName(name, language) : name
}

/** What a value is called in a line: its row and its column. */
export const valueName = (value: Value, language: Language): string =>
  withColumn(rowName(value, language), value, language)

/** Every way to name it in a line, Chinese and English first. */
export const namesOf = (value: Value): string[] => {
  const languages = ['zh', 'en'] as const
  return [
    ...languages.map((language) => valueName(value, language)),
    ...languages.map((language) => withColumn(value.row.en, value, language)),
  ]
}

function withColumn(name: string, { sheet, column }: Value, language: Language): string {
  const title = SHEETS[sheet].columns[column]
  return sheet === 'numbers' || !title ? name : `${name} ${inLanguage(title, language)}`
}
