import { pinyinOf } from '../../core/identity/pinyin.ts'
import type { BusinessLine } from './store.ts'

/** A code for a new product or line: the pinyin of its name. */
export const codeOf = (named: string): string => pinyinOf(named).pinyin.replace(/[^a-z0-9]+/g, '-')

export const lineNamed = (
  lines: readonly BusinessLine[],
  named: string,
): BusinessLine | undefined =>
  lines.find(
    ({ code, labelZh, labelEn }) =>
      code === named || labelZh === named || labelEn.toLowerCase() === named.toLowerCase(),
  )
