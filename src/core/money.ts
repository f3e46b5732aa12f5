import type { Language } from './text.ts'

/**
 * Whole yuan as people at a bank say them: 50万, 50.5万, 1.2亿, 800元; "CNY 500,000" in English.
 * Never rounds: what has no short form is written out.
 */
export function sayYuan(yuan: number, language: Language): string {
  const grouped = yuan.toLocaleString('en-US')
  if (language === 'en') return `CNY ${grouped}`
  for (const [unit, size] of [
    ['亿', 100_000_000],
    ['万', 10_000],
  ] as const) {
    if (yuan >= size && yuan % (size / 100) === 0) return `${yuan / size}${unit}`
  }
  return `${grouped}元`
}
