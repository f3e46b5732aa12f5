import nzh from 'nzh'

const NUMERALS = '零〇一二三四五六七八九十百千万亿'

/** A whole or decimal number in digits ("50", "1.5") or in Chinese numerals ("五十", "两百"); as long as anybody
 * says, so that a text full of digits is read in a time that grows with its length. */
export const NUMBER = `(?:\\d{1,12}(?:\\.\\d{1,6})?|[${NUMERALS}两半]{1,16})`

/**
 * The value of a number in digits or Chinese numerals; null for numerals that no one says
 * ("五万十"), so that nonsense is asked about and never guessed.
 */
export function readNumber(said: string): number | null {
  if (/^\d+(\.\d+)?$/.test(said)) return Number(said)
  if (said === '半') return 0.5
  const plain = said.replaceAll('两', '二').replaceAll('〇', '零')
  if (!new RegExp(`^[${NUMERALS}]+$`).test(plain)) return null
  const short = plain.match(/^(.*[一二三四五六七八九](百|千|万|亿))([一二三四五六七八九])$/)
  // 五万五 is 五万五千: the last digit counts the next smaller unit.
  const full = short
    ? `${plain}${{ 百: '十', 千: '百', 万: '千', 亿: '千万' }[short[2] ?? '']}`
    : plain
  const value = Number(nzh.cn.decodeS(full))
  const spoken = (text: string) => text.replace(/(^|[^二三四五六七八九])一十/g, '$1十')
  const again = nzh.cn.encodeS(value)
  return Number.isFinite(value) && spoken(again) === spoken(full) ? value : null
}
