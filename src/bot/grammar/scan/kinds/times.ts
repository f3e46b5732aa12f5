import {
  findAll,
  pattern,
  type Reading,
  type Recogniser,
  type SaidTime,
  type Seen,
  viewOf,
} from '../piece.ts'
import { readTyped } from '../typed-line.ts'
import { readCount } from './numerals.ts'

const N = '(?:\\d{1,2}|[一二两三四五六七八九十]{1,3})'
const HALF = '凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|夜里|晚间'
const LIMIT = '(?<limit>左右|之?前|之?后|以后)?'

/** 3点 is of the afternoon, 9点 of the morning: when a bank's people meet. */
const MORNING_FROM = 7

/**
 * The hour of a clock of 24 that is said with a part of the day, or with none; null: nobody says so, or it may be
 * of either half. `exact`: as clocks show it, so that 03:00 is at night.
 */
function on24(part: string, hour: number, exact: boolean): number | null {
  if (hour > 23) return hour === 24 ? 0 : null
  if (/凌晨|早|晨|上午/.test(part)) return hour > 12 ? null : hour % 12
  if (hour > 12) return hour
  if (part === '中午') return hour <= 2 ? hour + 12 : hour
  if (/下午|傍晚/.test(part)) return (hour % 12) + 12
  if (/晚|夜/.test(part)) return hour === 12 ? 0 : hour >= 5 ? hour + 12 : null
  return exact || hour === 0 || hour >= MORNING_FROM ? hour : hour + 12
}

function clock(part: string, hour: number, minute: number, exact = false): Reading<'time'> {
  const on = on24(part, hour, exact)
  return on === null || minute > 59
    ? { doubt: 'unclear' }
    : { value: { minutes: on * 60 + minute } }
}

function minuteOf({ half, quarter, minute }: Readonly<Record<string, string | undefined>>): number {
  if (half) return 30
  if (quarter) return quarter === '三' ? 45 : 15
  return readCount(minute) ?? 0
}

const WEEKDAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?'
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'
const DAY_BEFORE = `\\b(?:today|tomorrow|${WEEKDAY}|\\d{1,2}/\\d{1,2}|(?:${MONTH}) \\d{1,2}(?:st|nd|rd|th)?|remind me),? `
const DAY_BEHIND = ` (?:today|tomorrow|(?:on |next |this )?${WEEKDAY})\\b`
const AT =
  "\\bat (?:1[0-2]|[1-9])(?![\\d:.,%]|(?: ?(?:[ap]\\.?m\\b|o'clock|k\\b|w\\b|%|percent|万|yuan|rmb)))"

/** Times of a day, and waits from now. */
export const TIMES: readonly Recogniser<Seen>[] = [
  pattern(
    4,
    'time',
    ['点时'],
    new RegExp(
      `(?<part>${HALF}|[早晚])?(?<![\\d.])(?!一点(?![半钟整\\d一三]))(?<hour>${N})(?:点|时(?!候|间|常|不))(?![零〇一二两三四五六七八九十\\d]{1,3}[万千百亿w])(?:(?<half>半)|(?<quarter>[一三])刻|(?<minute>${N})分?|整|钟)?(?:钟)?${LIMIT}(?!的?利)`,
      'g',
    ),
    ({ groups = {} }) =>
      groups['limit'] && groups['limit'] !== '左右'
        ? { doubt: 'unclear' }
        : clock(groups['part'] ?? '', readCount(groups['hour']) ?? 99, minuteOf(groups)),
  ),
  pattern(
    4,
    'time',
    ['0', ':'],
    new RegExp(
      `(?<part>${HALF})?(?<![\\d:.])(?<hour>[01]?\\d|2[0-3]):(?<minute>[0-5]\\d)(?!\\d|:)`,
      'g',
    ),
    ({ groups = {} }) =>
      clock(
        groups['part'] ?? '',
        Number(groups['hour']),
        Number(groups['minute']),
        groups['hour']?.length === 2,
      ),
  ),
  // 2-4点: between two hours; the first is when to be there.
  pattern(
    4,
    'time',
    ['-~到至', '点'],
    new RegExp(`(?:${HALF})?(?<![\\d.])${N}点?(?:-|~|到|至)${N}点`, 'g'),
    () => ({
      doubt: 'unclear',
    }),
  ),
  pattern(
    4,
    'time',
    ['0', 'a'],
    /\b(?:(?<limit>before|after|until) |(?:around|by|at) )?(?<hour>\d{1,2})(?::(?<minute>\d\d))? ?(?<half>[ap]\.?m\b\.?|o'clock\b)/gi,
    ({ groups = {} }) => {
      const hour = Number(groups['hour'])
      if (groups['limit'] || hour > 12) return { doubt: 'unclear' }
      const half = (groups['half'] ?? '').toLowerCase()
      const part = half.startsWith('p') ? '下午' : half.startsWith('a') ? '上午' : ''
      return clock(part, hour, Number(groups['minute'] ?? 0))
    },
  ),
  // at 3, where a day stands beside it: elsewhere it may be a rate or a price.
  pattern(
    4,
    'time',
    ['0', 'a'],
    new RegExp(`(?<=${DAY_BEFORE})${AT}|${AT}(?=${DAY_BEHIND})`, 'gi'),
    ({ 0: said }) => clock('', Number(said.match(/\d+/)?.[0]), 0),
  ),
  pattern(
    4,
    'time',
    ['晨早午傍晚夜a'],
    new RegExp(
      `(?<part>${HALF})(?!${N}[点时:])${LIMIT}|\\b(?:in the )?(?:morning|afternoon|evening|noon|tonight)\\b`,
      'gi',
    ),
    // Of the same day, and no hour.
    ({ groups = {} }) => (groups['limit'] ? { doubt: 'unclear' } : { value: null }),
  ),
  pattern(
    4,
    'time',
    ['时钟', '后'],
    /(?<![\d.])(?<count>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)个?(?<half>半)?(?<unit>小时|钟头|分钟)(?:之后|以后|后)/g,
    ({ groups = {} }) => {
      const count = (readCount(groups['count']) ?? 0) + (groups['half'] ? 0.5 : 0)
      return { value: { inMinutes: Math.round(count * (groups['unit'] === '分钟' ? 1 : 60)) } }
    },
  ),
  pattern(
    4,
    'time',
    ['a'],
    /\bin (?<count>\d{1,3}|an?|half an) (?<unit>minutes?|hours?)\b/gi,
    ({ groups = {} }) => {
      const said = (groups['count'] ?? '').toLowerCase()
      const count = said === 'half an' ? 0.5 : /^an?$/.test(said) ? 1 : Number(said)
      return {
        value: { inMinutes: Math.round(count * (/hour/i.test(groups['unit'] ?? '') ? 60 : 1)) },
      }
    },
  ),
  pattern(
    4,
    'time',
    ['会晚稍a'],
    /一会儿?(?:后)?|晚一?点儿?(?!钟|半)|晚些|待会儿?|稍后|等会儿?|过会(?:儿|(?!了))|\blater\b/gi,
    () => ({ value: null }),
  ),
]

/**
 * The hour that a text is and nothing else, as `HH:MM`: 15:00, 下午3点半, 3 pm. Null where it names none, or one
 * that may be several (晚上3点).
 */
export function readTime(typed: string): string | null {
  const { text } = readTyped(typed)
  const [time, ...more] = findAll(viewOf(text, null), TIMES)
  if (!time || more.length > 0 || time.said.length < text.length) return null
  const said = time.value as SaidTime | null
  return said && 'minutes' in said ? hourText(said.minutes) : null
}

/** Minutes since midnight as `HH:MM`. */
export const hourText = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
