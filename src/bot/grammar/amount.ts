import { NUMBER, readNumber } from './number.ts'

/** An amount within a text; `fault`: it looks like one and is none that can be relied on. */
export type TakenAmount =
  | { readonly yuan: number; readonly said: string; readonly rest: string }
  | { readonly fault: 'unclear' | 'out-of-range'; readonly said: string; readonly rest: string }

/** More than this is a slip of the thumb: no small business borrows a billion. */
const MOST_YUAN = 1_000_000_000

const UNITS: Readonly<Record<string, number>> = {
  千: 1e3,
  万: 1e4,
  十万: 1e5,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  w: 1e4,
  k: 1e3,
  m: 1e6,
  million: 1e6,
  thousand: 1e3,
}
const UNIT = '(?:[十百千]?万|亿|千|million|thousand|[wkm](?![a-z]))'
const CURRENCY = '(?:元(?![旦宵])|块钱?|人民币|rmb|cny|yuan)'
const SIGN = '(?:(?:¥|rmb|cny)\\s*)'
/** What follows at once on a number that counts something else than money. */
const COUNTED =
  '(?:[./-]?\\d|[%‰°号天点时分秒个人次家台岁期平楼栋笔张户单季折倍成位套辆年](?!底)|(?:st|nd|rd|th|days?|weeks?|months?|years?|times)\\b)'
const COUNTED_IN_UNITS = '(?:[台家户件套辆张次平个]|人(?!民币))'
/** Money that is spoken of and not asked for. */
const OF_SOMETHING =
  /(?:流水|房贷|车贷|(?:现有|已有|原有|他行|别家|已经?)[^\s,;。]{0,4}贷款?了?|营业额|销售额?|销量|收入|利润|欠款?|房租|租金|资产|房价|市值|负债|押金|罚款|额度用了|turnover|sales|rent|debt)(?:大概|大约|约|有|是|为|才|只有|of|is)?\s*$/i

/** Bounded, as all that is sought: a text full of digits is read in a time that grows with its length. */
const DIGITS = '(?<!\\d)\\d[\\d,]{0,19}(?:\\.\\d{1,9}){0,3}'
const AMOUNT = new RegExp(
  [
    // 几十万, 上百万, 20-30万, 50万到80万, 五六十万, 50多万, 5o万: how much is left open.
    `(?<open>(?:(?:几|数|[x?]{1,3})[十百千]?|上[十百千]|(?<!\\d)\\d[\\d.]{0,12}[ol][\\dol]{0,12}|${NUMBER}\\s{0,3}(?:${UNIT}\\s{0,3}(?:-|~|到|至|、|/|或者?)|-|~|到|至|或者?|、|/|or|to)\\s{0,3}${NUMBER}|[二三四五六七八九]{2}十?|十几|${NUMBER}[多几来])\\s{0,3}${UNIT}${CURRENCY}?|(?<!\\d)\\d{1,12}[ol][\\dol]{2,12})`,
    `(?<money>-?${SIGN}?${DIGITS}\\s{0,3}${UNIT}{1,3}(?:\\d(?=${CURRENCY}|左右|[\\s,;。、]|$))?\\s{0,3}${CURRENCY}?)`,
    `(?<spoken>[一二两三四五六七八九十半][零〇一二两三四五六七八九十百千万亿]{0,20}(?:\\s{0,3}${CURRENCY}|(?<=[万亿千][零〇一二两三四五六七八九十百千万亿]{0,20})))`,
    `(?<bare>-?${SIGN}?${DIGITS}\\s{0,3}${CURRENCY}|-?${SIGN}${DIGITS}|(?<![\\d./-])-?(?:\\d{4,9}|10{9}|\\d{12,}|\\d{1,3}(?:,\\d{3})+)(?!\\d))`,
  ].join('|'),
  'gi',
)

/** So many characters beside an amount tell what it is of. */
const NEAR = 40

/** The first amount of money in a text, with the text without it; null when there is none. */
export function takeAmount(text: string): TakenAmount | null {
  for (const found of text.matchAll(AMOUNT)) {
    const [match] = found
    const before = text.slice(0, found.index)
    const after = text.slice(found.index + match.length)
    const counted = found.groups?.['bare'] ? COUNTED : COUNTED_IN_UNITS
    if (
      OF_SOMETHING.test(before.slice(-NEAR)) ||
      new RegExp(`^${counted}`, 'i').test(after.slice(0, NEAR))
    )
      continue
    const rest = `${before} ${after.replace(/^\s*(左右|上下|around)/, '')}`
      .replace(/ +/g, ' ')
      .trim()
    const said = match.trim()
    if (found.groups?.['open']) return { fault: 'unclear', said, rest }
    const yuan = yuanOf(said.toLowerCase())
    if (yuan === null) return { fault: 'unclear', said, rest }
    if (yuan <= 0 || yuan > MOST_YUAN) return { fault: 'out-of-range', said, rest }
    return { yuan, said, rest }
  }
  return null
}

/**
 * Whole yuan of a text that is an amount and nothing else; null for nonsense, and for a bare number
 * below a thousand, which may mean as many 万.
 */
export function readAmount(text: string): number | null {
  const taken = takeAmount(text)
  return taken && 'yuan' in taken && taken.rest === '' ? taken.yuan : null
}

function yuanOf(said: string): number | null {
  const words = said
    .replace(new RegExp(`^(-?)${SIGN}`, 'i'), '$1')
    .replace(new RegExp(`\\s*${CURRENCY}$`, 'i'), '')
  const written = words.match(new RegExp(`^(-?)(${DIGITS})\\s*(${UNIT})?(\\d)?$`, 'i'))
  if (!written) {
    const spoken = readNumber(words.trim())
    return spoken !== null && Number.isInteger(spoken) ? spoken : null
  }
  const [, sign, digits = '', unit = '', tail] = written
  if (!/^(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/.test(digits)) return null
  const size = UNITS[unit] ?? 1
  // 3万5 is 35 000: the last digit counts tenths of the unit.
  const yuan = Number(digits.replaceAll(',', '')) * size + Number(tail ?? 0) * (size / 10)
  const whole = Math.round(yuan)
  return Math.abs(yuan - whole) < 1e-6 ? (sign ? -whole : whole) : null
}
