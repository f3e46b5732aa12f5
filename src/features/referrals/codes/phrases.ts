import { NUMBER, readNumber } from '../../../bot/grammar/number.ts'
import type { Doubt, Reading } from '../../../bot/grammar/reading.ts'

/** Vaguely: 几天, 好几个月, a few days. */
const SOME = '好?几|数|多少|some|a few|several'
const DAYS = new RegExp(
  `(?:有效期?\\s*)?(?<count>${NUMBER}|${SOME})\\s*(?<unit>天|日|周|星期|个?月|days?|weeks?|months?)(?![\\u4e00-\\u9fff]*活动)(?:内?有效)?`,
  'i',
)

/** Of a month as many as most have. */
const daysIn = (unit: string): number =>
  /月|month/i.test(unit) ? 30 : /周|星期|week/i.test(unit) ? 7 : 1

interface Asking {
  readonly purpose?: string
  readonly days?: number
}

/**
 * What a code is asked for: words that name a purpose, and how many days, which is asked where it is not said how
 * many. `more`: of the input that is known already.
 */
export function readAsking<More extends object>(rest: string, more: More): Reading<More & Asking> {
  const said = rest.match(DAYS)
  const { count = '', unit = '' } = said?.groups ?? {}
  const number = said ? readNumber(count) : null
  const purpose = rest
    .replace(DAYS, ' ')
    .replace(/^[\s.,!?。！？、~]+|[\s.,!?。！？、~]+$/g, '')
    .replace(/\s+/g, ' ')
  const input = {
    ...more,
    ...(purpose && { purpose }),
    ...(number && { days: Math.round(number * daysIn(unit)) }),
  }
  if (!said || number) return { kind: 'understood', input }
  const doubt: Doubt = {
    question: {
      zh: `"${said[0].trim()}"是多少天？只回天数，比如 30。`,
      en: `How many days is "${said[0].trim()}"? Just send the number, such as 30.`,
    },
    slots: ['days'],
    expects: 'count',
  }
  return { kind: 'asks', input, doubts: [doubt] }
}
