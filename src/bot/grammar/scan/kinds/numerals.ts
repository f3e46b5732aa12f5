const CAPITALS: Readonly<Record<string, string>> = {
  ...{ 壹: '一', 贰: '二', 叁: '三', 肆: '四', 伍: '五', 陆: '六', 柒: '七', 捌: '八', 玖: '九' },
  ...{
    拾: '十',
    佰: '百',
    仟: '千',
    〇: '零',
    两: '二',
    俩: '二',
    廿: '二十',
    卅: '三十',
    仨: '三',
  },
}
/** Every character of a Chinese numeral below 万, capitals and short forms too. */
export const HAN = '零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟廿卅俩仨'
const DIGITS = '零一二三四五六七八九'
const ANY_CAPITAL = new RegExp(`[${Object.keys(CAPITALS).join('')}]`, 'g')

export const plainNumeral = (said: string): string =>
  said.replace(ANY_CAPITAL, (one) => CAPITALS[one] ?? one)

const SMALL =
  /^(?:([一二三四五六七八九])千)?(零)?(?:([一二三四五六七八九])百)?(零)?(?:([一二三四五六七八九])?(十))?(零)?([零一二三四五六七八九])?$/

/** 0 to 9999 in numerals, as people say them; null for what no one says (百八, 五十十). */
function readSmall(said: string): number | null {
  const text = plainNumeral(said)
  if (text === '半') return 0.5
  const [, integer, decimals] = text.match(/^(.+)点([零一二三四五六七八九]+)$/) ?? []
  if (integer && decimals) {
    const whole = readSmall(integer)
    const part = Array.from(decimals, (one) => DIGITS.indexOf(one)).join('')
    return whole === null ? null : Number(`${whole}.${part}`)
  }
  // 三〇, 二五〇: digit by digit.
  if (/^[一二三四五六七八九][一二三四五六七八九零]{0,2}零$/.test(text)) {
    return Number(Array.from(text, (one) => DIGITS.indexOf(one)).join(''))
  }
  const found = text === '' ? null : text.match(SMALL)
  if (!found) return null
  const [, thousands, gap, hundreds, gap2, tens, ten, gap3, ones] = found
  const digit = (word: string | undefined) => (word ? DIGITS.indexOf(word) : 0)
  const larger = thousands ?? hundreds
  if (ten && !tens && larger) return null
  if ((gap3 && !ten && !larger) || (gap && !thousands) || (gap2 && !larger)) return null
  const most = digit(thousands) * 1000 + digit(hundreds) * 100 + (ten ? (digit(tens) || 1) * 10 : 0)
  // 两千五 is 2500: the last digit counts the next smaller unit.
  const short = ones && !ten && !gap2 && !gap3 && (hundreds ?? (thousands && !gap))
  return most + (short ? digit(ones) * (hundreds ? 10 : 100) : digit(ones))
}

/** A count in digits or numerals; null for what is neither. */
export function readCount(said: string | undefined): number | null {
  if (!said) return null
  return /^\d+(?:\.\d+)?$/.test(said) ? Number(said) : readSmall(said)
}

const SIZES: Readonly<Record<string, number>> = {
  ...{ 亿: 1e8, 千万: 1e7, 百万: 1e6, 十万: 1e5, 万: 1e4, 千: 1e3, 百: 100 },
  ...{ w: 1e4, k: 1e3, thousand: 1e3, m: 1e6, million: 1e6 },
}
const PART =
  /^(零)?(?:(\d+(?:\.\d+)?)|([零一二三四五六七八九十百千]+(?:点[零一二三四五六七八九]+)?|半))?(个半|个)?\s*(千万|百万|十万|万|亿|千|百|w|k|million|thousand|m)?/

/** The value of a whole run of numbers and units (五十万零五千, 1亿2千万, 3万5, 两万半, 半个亿); null: none. */
export function readRun(said: string): number | null {
  let text = plainNumeral(said).replace(/^\d{1,3}(?:,\d{3})+(?!\d|,)/, (digits) =>
    digits.replaceAll(',', ''),
  )
  if (text === '' || text.includes(',')) return null
  let total = 0
  let last = Number.POSITIVE_INFINITY
  while (text !== '') {
    const first = last === Number.POSITIVE_INFINITY
    if (text === '半' && !first && last > 1) return total + last / 2
    const [whole = '', gap, digits, han, piece, unit] = text.match(PART) ?? []
    if (whole === '' || (!digits && !han)) return null
    const small = digits ? Number(digits) : readSmall(han ?? '')
    if (small === null) return null
    const value = piece === '个半' ? small + 0.5 : small
    if (!unit) {
      if (text.length > whole.length || piece === '个') return null
      if (first) return value
      // 3万5 is said so, 30万2 may be anything.
      if (digits && digits.length === 1 && total >= 10 * last) return null
      const tail = tailOf(value, digits ?? '', han ?? '', gap, last)
      return tail === null ? null : total + tail
    }
    const size = SIZES[unit] ?? 0
    if (size >= last || value * size >= last) return null
    total += value * size
    last = size
    text = text.slice(whole.length)
  }
  return total
}

/** What stands behind the last unit: 3万5 is 35 000, 五十万五千 and 五十万零五百 say it in full. */
function tailOf(value: number, digits: string, han: string, gap: string | undefined, last: number) {
  if (!gap && (digits ? digits.length === 1 : /^[一二三四五六七八九]$/.test(han))) {
    return value * (last / 10)
  }
  if (digits || value >= last) return null
  return (gap ? value >= 1 : value >= last / 10) ? value : null
}
