import { codeOf } from './cells.ts'
import type { Cell } from './reading/cells.ts'

/** So many yuan is one of the unit that a heading or a cell names. */
const YUAN: Readonly<Record<string, number>> = {
  ...{ 元: 1, yuan: 1, cny: 1, 千: 1e3, k: 1e3, 万: 1e4, 万元: 1e4, w: 1e4 },
  ...{ 百万: 1e6, 百万元: 1e6, 千万: 1e7, 亿: 1e8, 亿元: 1e8 },
}
const FIGURE = /^(-?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(千万|百万|万|亿|千|w|k)?(?:元整?)?$/i

/** What stands in a cell in which nothing is to be said. */
const NOTHING = /^(?:[-–—/]+|n\/?a|null)?$/i

/** A figure as it was read; `bare`: neither the cell nor the heading says what it is counted in. */
export interface Figure {
  readonly value: number
  readonly bare: boolean
}

/**
 * An amount in whole yuan, rounded, as people and systems write it: 1,234.5, 12万, （100）, or a number
 * counted in the unit of the heading. Null: the cell says nothing; `none`: it says no amount.
 */
export function yuanOf(cell: Cell | undefined, unit: string | null): Figure | null | 'none' {
  const written = codeOf(cell)
    .replace(/\s|^(?:¥|￥|人民币|rmb|cny)/gi, '')
    .replace(/^\((.+)\)$/, '-$1')
  if (NOTHING.test(written)) return null
  const [, sign, digits, said] = written.match(FIGURE) ?? []
  if (digits === undefined) return 'none'
  const size = YUAN[(said ?? unit ?? '元').toLowerCase()] ?? 1
  const value = Math.round(Number(digits.replaceAll(',', '')) * size)
  return { value: sign ? -value : value, bare: !said && !unit && !/元/.test(written) }
}

/** A share of one: 60%, 0.6, or 60 (`bare` where it is neither); null and `none` as of amounts. */
export function shareOf(cell: Cell | undefined, unit: string | null): Figure | null | 'none' {
  const written = codeOf(cell).replace(/\s/g, '')
  if (NOTHING.test(written)) return null
  const [, sign, digits, percent] = written.match(/^(-?)(\d+(?:\.\d+)?)(%)?$/) ?? []
  if (digits === undefined) return 'none'
  const said = Number(digits)
  const value = percent || unit === '%' || said > 1 ? said / 100 : said
  const rounded = Math.round(value * 1e6) / 1e6
  return { value: sign ? -rounded : rounded, bare: !percent && unit !== '%' && said === 1 }
}
