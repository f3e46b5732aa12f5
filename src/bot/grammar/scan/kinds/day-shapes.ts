import { addMonths, type Day, day, isDay, monthEnd } from '../../../../core/calendar/time.ts'
import {
  comingDate,
  comingMonth,
  comingNumber,
  firstOf,
  type Meant,
  monthOf,
  onDate,
  yearOf,
} from './calendar.ts'
import { type Groups, N, number, type Shape, unclear } from './day-shape.ts'
import { DAYS_AHEAD } from './days-ahead.ts'

const YEAR =
  '(?:(?<year>(?:19|20)?\\d\\d)年|(?<which>今年|本年|明年|后年|去年|前年|大前年|next year,? ?))'
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH =
  '(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
/** Not the beginning of an amount or of a count of something else. */
const ENDS = '(?![\\d.]|\\s?(?:[万千百亿元块%个年天次点时G成股份]|[wk](?![a-z])))'
const YEARS_AHEAD: Readonly<Record<string, number>> = {
  ...{ 今年: 0, 本年: 0, 明年: 1, 'next year': 1, 后年: 2, 去年: -1, 前年: -2, 大前年: -3 },
}

function yearSaid({ year, which }: Groups, today: Day): number | null {
  if (which) return yearOf(today) + (YEARS_AHEAD[which.toLowerCase().replace(/,? ?$/, '')] ?? 0)
  if (!year) return null
  return year.length === 2 ? 2000 + Number(year) : Number(year)
}

function byMonthName({ name = '', day: date, year }: Groups, today: Day): Meant {
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1
  return year
    ? onDate(Number(year), month, Number(date), today)
    : comingDate(month, Number(date), today)
}

const dated = ({ year, month, day: date }: Groups, today: Day) =>
  onDate(Number(year), Number(month), Number(date), today)
const coming = ({ month, day: date }: Groups, today: Day) =>
  comingDate(Number(month), Number(date), today)

const ON_DATES: readonly Shape[] = [
  [
    ['年a', '月'],
    new RegExp(`${YEAR}\\s?(?<month>${N})月份?(?<day>${N})[日号]?`, 'gi'),
    (groups, today) =>
      onDate(yearSaid(groups, today) ?? 0, number(groups['month']), number(groups['day']), today),
  ],
  [
    ['0', '2'],
    /(?<!\d)(?<year>20\d\d)\s?[./-]\s?(?<month>\d{1,2})\s?[./-]\s?(?<day>\d{1,2})(?!\d)(?:\s?[日号])?/g,
    dated,
  ],
  [
    ['0', '2'],
    /(?<!\d)(?<year>20[23]\d)(?<month>0[1-9]|1[0-2])(?<day>[0-2]\d|3[01])(?!\d|\s?[万元块])/g,
    dated,
  ],
  [
    ['月'],
    new RegExp(`(?<month>${N})月份?(?<day>${N})(?:[日号]|${ENDS})`, 'g'),
    ({ month, day: date }, today) =>
      month === '三' && date === '三' ? 'unclear' : comingDate(number(month), number(date), today),
  ],
  [
    ['0', '/-'],
    new RegExp(
      `(?<![\\d./-])(?<month>\\d{1,2})[/-](?<day>\\d{1,2})(?!\\d|[./-]\\d)[日号]?${ENDS}(?!:)`,
      'g',
    ),
    coming,
  ],
  [
    ['0', '.'],
    // 12.5 is a number, but 12.5见 and 12.5号 are a day.
    /(?<![\d.])(?<month>1[0-2]|0?[1-9])\.(?<day>[0-2]?\d|3[01])(?:[日号]|(?=\s?(?:再?联系|再|见|面谈|上门|过去|回访)))/g,
    coming,
  ],
  [
    ['0', 'a'],
    new RegExp(
      `\\b${MONTH}\\s?(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s?(?<year>(?:19|20)\\d\\d))?\\b`,
      'gi',
    ),
    byMonthName,
  ],
  [
    ['0', 'a'],
    new RegExp(
      `\\b(?<day>\\d{1,2})(?:st|nd|rd|th)?\\s?(?:of\\s)?${MONTH}(?:,?\\s?(?<year>(?:19|20)\\d\\d))?\\b`,
      'gi',
    ),
    byMonthName,
  ],
  [['几多', '号日'], /[一二三]?十?几[号日](?!楼)|[二三]?十多[号日]/g, unclear],
  [
    ['号日'],
    /(?<![\d月第\u4e00-\u9fff]|[\d.]-)(?<day>\d{1,2})[号日](?![楼店线码院后内元均之以])|(?<=[\u4e00-\u9fff])(?<![月第一二三四五六七八九十里区园楼])(?<day2>\d{1,2})[号日](?![楼店线码院后内元均之以])|(?<place>[里区园])\d{1,2}号|(?<![月第一二三四五六七八九十])(?<day3>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])号(?![楼店线码院])/g,
    ({ day: date, day2, day3, place }, today) =>
      place ? 'unclear' : comingNumber(number(date ?? day2 ?? day3), today),
  ],
  [
    ['0', 'a'],
    /\b(?:on |by )?the (?<day>\d{1,2})(?:st|nd|rd|th)\b/gi,
    ({ day: date }, today) => comingNumber(Number(date), today),
  ],
]

/** Months and their ends, years, feasts: which day is mostly not said. */
const IN_PERIODS: readonly Shape[] = [
  [['旦'], /元旦/g, (_groups, today) => comingDate(1, 1, today)],
  [
    ['月'],
    new RegExp(`(?:本|这个?|当)月(?<day>\\d{1,2})(?![\\d日号.])${ENDS}`, 'g'),
    ({ day: date }, today) => onDate(yearOf(today), monthOf(today), Number(date), today),
  ],
  [
    ['a'],
    new RegExp(`\\b(?:the )?(?<part>end|middle|beginning|start) of ${MONTH}`, 'gi'),
    ({ part, name = '' }, today) => {
      const first = comingMonth(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1, today)
      return part?.toLowerCase() === 'end' && isDay(first) ? monthEnd(first) : 'unclear'
    },
  ],
  [
    ['a'],
    /\b(?:in a few|in a couple of) (?:days|weeks|months)\b|\bwithin (?:a|\d{1,2}) (?:days?|weeks?|months?)\b|\bafter the (?:holidays?|festival)\b|\bin (?:spring|summer|autumn|winter)\b|\bat the weekend\b|\bany day but \w+day\b|\bwhen (?:he|she|they)(?:'s| is| are) back\b/gi,
    unclear,
  ],
  [
    ['年', '底末'],
    new RegExp(`${YEAR}(?:年?底|末)|(?<!\\d)(?<now>年底|年末)`, 'g'),
    (groups, today) => (groups['now'] ? 'unclear' : day(`${yearSaid(groups, today)}-12-31`)),
  ],
  [
    ['月'],
    new RegExp(
      `(?:${YEAR})?(?<!\\d)(?<month>\\d{1,2}|十?[一二三四五六七八九十])月份?月?(?<part>底|末|初|中旬?|上旬|下旬)?(?!\\d|会|饼)`,
      'g',
    ),
    (groups, today) => {
      const month = number(groups['month'])
      const year = yearSaid(groups, today)
      const first = year ? onDate(year, month, 1, today) : comingMonth(month, today)
      const atEnd = groups['part'] === '底' || groups['part'] === '末'
      if (isDay(first)) return atEnd ? monthEnd(first) : 'unclear'
      return first === 'not-on-calendar' ? first : 'unclear'
    },
  ],
  [
    ['月'],
    new RegExp(
      `(?<which>(?<!一)下下个?|(?<!一)下个?|本|这个?|当)?月(?:月?(?<part>底|末|初|中旬?|的?最后一天)|(?<![\\d\ue000]月)(?<day>${N})[日号])`,
      'g',
    ),
    ({ which = '', part, day: date }, today) => {
      const ahead = which.startsWith('下下') ? 2 : which.startsWith('下') ? 1 : 0
      const month = addMonths(firstOf(today), ahead)
      if (part === '初') return ahead > 0 ? month : 'unclear'
      if (part === '底' || part === '末' || part?.endsWith('天')) return monthEnd(month)
      return date ? onDate(yearOf(month), monthOf(month), number(date), today) : 'unclear'
    },
  ],
  [
    ['月季年节春a'],
    /(?:下下个?|下个?|本|这个?)(?:月|季度|年)(?!\d|[一二三四五六七八九十底初末])|第?[一二三四1-4]个?季度|[上下]半年|后年|明年|年初|(?<![半\d一二两三])年[后前]|节[前后]|开春|开年|\b(?:next|this) (?:month|quarter|year)\b|\bend of (?:the |this |next )?(?:month|year|week)\b/gi,
    unclear,
  ],
  [
    ['年初月八夕节旦一诞至立春庆午秋宵阳明a'],
    /(?:过|小|大)?年(?:初[一二三四五六七八九十]|三十)|(?<![当月年最起])初[一二三四五六七八九十](?!步|次)|正月(?:初?[一二三四五六七八九十]{1,3}|里)?|腊月(?:初?[一二三四五六七八九十]{1,3})?|腊八|除夕|小年夜?|过完年|过年|春节|元宵节?|清明节?|端午节?|中秋节?|国庆节?|五一(?!路)|圣诞节?|重阳节?|双十一|冬至|立春|\bchristmas\b|\beaster\b|\bnew year\b/gi,
    unclear,
  ],
]

export const DAY_SHAPES: readonly Shape[] = [...ON_DATES, ...IN_PERIODS, ...DAYS_AHEAD]
