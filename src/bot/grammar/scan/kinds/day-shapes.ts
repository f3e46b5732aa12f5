import {
  addDays,
  addMonths,
  type Day,
  day,
  isDay,
  monthEnd,
} from '../../../../core/calendar/time.ts'
import type { Workdays } from '../../../../core/calendar/workdays.ts'
import {
  afterSpan,
  comingDate,
  comingMonth,
  comingNumber,
  firstOf,
  type Meant,
  monthOf,
  onDate,
  onWeekday,
  yearOf,
} from './calendar.ts'
import { HAN, readCount } from './numerals.ts'

type Groups = Readonly<Record<string, string | undefined>>

/** How days are said, and what is meant. Of several at one place the longest counts. */
type Shape = readonly [
  source: RegExp,
  meant: (groups: Groups, today: Day, workdays: Workdays) => Meant,
]

const N = `(?:(?<![\\d.])\\d{1,3}(?:\\.\\d)?(?!\\d)|[${HAN}半]{1,4})`
const WEEK = '(?:周|星期|礼拜)'
const YEAR =
  '(?:(?<year>(?:19|20)?\\d\\d)年|(?<which>今年|本年|明年|后年|去年|前年|大前年|next year,? ?))'
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH =
  '(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const WEEKDAY =
  '(?<name>mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)'
/** Not the beginning of an amount or of a count of something else. */
const ENDS = '(?![\\d.]|\\s?(?:[万千百亿元块%个年天次点时G成股份]|[wk](?![a-z])))'
const ENGLISH_COUNTS: Readonly<Record<string, number>> = {
  ...{ a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, ten: 10 },
}
const ENGLISH_COUNT = 'an?|one|two|three|four|five|six|ten|\\d{1,3}'
const ENGLISH_UNITS: Readonly<Record<string, string>> = { day: '天', week: '周', month: '月' }
const YEARS_AHEAD: Readonly<Record<string, number>> = {
  ...{ 今年: 0, 本年: 0, 明年: 1, 'next year': 1, 后年: 2, 去年: -1, 前年: -2, 大前年: -3 },
}

const number = (said: string | undefined): number => readCount(said) ?? Number.NaN

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

const unclear = (): Meant => 'unclear'
const dated = ({ year, month, day: date }: Groups, today: Day) =>
  onDate(Number(year), Number(month), Number(date), today)
const coming = ({ month, day: date }: Groups, today: Day) =>
  comingDate(Number(month), Number(date), today)

const ON_DATES: readonly Shape[] = [
  [
    new RegExp(`${YEAR}\\s?(?<month>${N})月份?(?<day>${N})[日号]?`, 'gi'),
    (groups, today) =>
      onDate(yearSaid(groups, today) ?? 0, number(groups['month']), number(groups['day']), today),
  ],
  [
    /(?<!\d)(?<year>20\d\d)\s?[./-]\s?(?<month>\d{1,2})\s?[./-]\s?(?<day>\d{1,2})(?!\d)\s?[日号]?/g,
    dated,
  ],
  [
    /(?<!\d)(?<year>20[23]\d)(?<month>0[1-9]|1[0-2])(?<day>[0-2]\d|3[01])(?!\d|\s?[万元块])/g,
    dated,
  ],
  [
    new RegExp(`(?<month>${N})月份?(?<day>${N})(?:[日号]|${ENDS})`, 'g'),
    ({ month, day: date }, today) =>
      month === '三' && date === '三' ? 'unclear' : comingDate(number(month), number(date), today),
  ],
  [
    new RegExp(
      `(?<![\\d./-])(?<month>\\d{1,2})[/-](?<day>\\d{1,2})(?!\\d|[./-]\\d)[日号]?${ENDS}(?!:)`,
      'g',
    ),
    coming,
  ],
  [
    // 12.5 is a number, but 12.5见 and 12.5号 are a day.
    /(?<![\d.])(?<month>1[0-2]|0?[1-9])\.(?<day>[0-2]?\d|3[01])(?:[日号]|(?=\s?(?:再?联系|再|见|面谈|上门|过去|回访)))/g,
    coming,
  ],
  [
    new RegExp(
      `\\b${MONTH}\\s?(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s?(?<year>20\\d\\d))?\\b`,
      'gi',
    ),
    byMonthName,
  ],
  [
    new RegExp(
      `\\b(?<day>\\d{1,2})(?:st|nd|rd|th)?\\s?(?:of\\s)?${MONTH}(?:,?\\s?(?<year>20\\d\\d))?\\b`,
      'gi',
    ),
    byMonthName,
  ],
  [/[一二三]?十?几[号日](?!楼)|[二三]?十多[号日]/g, unclear],
  [
    /(?<![\d月第\u4e00-\u9fff]|[\d.]-)(?<day>\d{1,2})[号日](?![楼店线码院后内元均之以])|(?<=[\u4e00-\u9fff])(?<![月第一二三四五六七八九十里区园楼])(?<day2>\d{1,2})[号日](?![楼店线码院后内元均之以])|(?<place>[里区园])\d{1,2}号|(?<![月第一二三四五六七八九十])(?<day3>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])号(?![楼店线码院])/g,
    ({ day: date, day2, day3, place }, today) =>
      place ? 'unclear' : comingNumber(number(date ?? day2 ?? day3), today),
  ],
  [
    /\b(?:on |by )?the (?<day>\d{1,2})(?:st|nd|rd|th)\b/gi,
    ({ day: date }, today) => comingNumber(Number(date), today),
  ],
]

/** Months and their ends, years, feasts: which day is mostly not said. */
const IN_PERIODS: readonly Shape[] = [
  [
    new RegExp(`\\b(?:the )?(?<part>end|middle|beginning|start) of ${MONTH}`, 'gi'),
    ({ part, name = '' }, today) => {
      const first = comingMonth(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1, today)
      return part?.toLowerCase() === 'end' && isDay(first) ? monthEnd(first) : 'unclear'
    },
  ],
  [
    /\b(?:in a few|in a couple of) (?:days|weeks|months)\b|\bwithin (?:a|\d{1,2}) (?:days?|weeks?|months?)\b|\bafter the (?:holidays?|festival)\b|\bin (?:spring|summer|autumn|winter)\b|\bat the weekend\b|\bany day but \w+day\b|\bwhen (?:he|she|they)(?:'s| is| are) back\b/gi,
    unclear,
  ],
  [
    new RegExp(`${YEAR}(?:年?底|末)|(?<!\\d)(?<now>年底|年末)`, 'g'),
    (groups, today) => (groups['now'] ? 'unclear' : day(`${yearSaid(groups, today)}-12-31`)),
  ],
  [
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
    new RegExp(
      `(?<which>(?<!一)下下个?|(?<!一)下个?|本|这个?|当)?月(?:月?(?<part>底|末|初|中旬?)|(?<![\\d\ue000]月)(?<day>${N})[日号])`,
      'g',
    ),
    ({ which = '', part, day: date }, today) => {
      const ahead = which.startsWith('下下') ? 2 : which.startsWith('下') ? 1 : 0
      const month = addMonths(firstOf(today), ahead)
      if (part === '初') return ahead > 0 ? month : 'unclear'
      if (part === '底' || part === '末') return monthEnd(month)
      return date ? onDate(yearOf(month), monthOf(month), number(date), today) : 'unclear'
    },
  ],
  [
    /(?:下下个?|下个?|本|这个?)(?:月|季度|年)(?!\d|[一二三四五六七八九十底初末])|第?[一二三四1-4]个?季度|[上下]半年|后年|明年|年初|(?<![半\d一二两三])年[后前]|节[前后]|开春|开年|\b(?:next|this) (?:month|quarter|year)\b|\bend of (?:the |this |next )?(?:month|year|week)\b/gi,
    unclear,
  ],
  [
    /(?:过|小|大)?年(?:初[一二三四五六七八九十]|三十)|(?<![当月年最起])初[一二三四五六七八九十](?!步|次)|正月(?:初?[一二三四五六七八九十]{1,3}|里)?|腊月(?:初?[一二三四五六七八九十]{1,3})?|腊八|除夕|小年夜?|过完年|过年|春节|元宵节?|清明节?|端午节?|中秋节?|国庆节?|元旦|五一(?!路)|圣诞节?|重阳节?|双十一|冬至|立春|\bchristmas\b|\beaster\b|\bnew year\b/gi,
    unclear,
  ],
]

const IN_WEEKS: readonly Shape[] = [
  [
    new RegExp(
      `(?<which>(?<!一)(?:下个?){1,6}|这个?|本)?${WEEK}(?<name>[一二三四五六日天]|[1-7](?![\\d.万千百wk个]))`,
      'g',
    ),
    ({ which = '', name = '' }, today) => {
      const wanted = '一二三四五六日'.indexOf(name.replace('天', '日')) + 1 || Number(name)
      const weeks = (which.match(/下/g) ?? []).length
      return onWeekday(wanted, weeks > 0 ? weeks : which ? 0 : null, today)
    },
  ],
  [
    new RegExp(
      `(?:(?<!一)(?:下个?){1,6}|这个?|本)${WEEK}(?![一二三四五六日天]|[1-7](?![\\d.万千百wk个]))(?:末|内|之内|里)?|周末|${WEEK}(?=$|[\\s,。;再])|\\b(?:next|this) week(?:end)?\\b|\\b(?:the )?week after next\\b|\\b(?:in a )?fortnight\\b`,
      'gi',
    ),
    unclear,
  ],
  [
    new RegExp(
      `\\b(?:(?<which>next|this|coming|on|by|until|before)\\s)?${WEEKDAY}\\b(?<week>\\sweek\\b)?`,
      'gi',
    ),
    ({ which, name = '', week }, today) => {
      const said = which?.toLowerCase()
      // Sun alone may be a family name.
      if (/^sun$/i.test(name) && !said) return 'unclear'
      if (said === 'by' || said === 'before') return 'unclear'
      const wanted = DAYS.indexOf(name.slice(0, 3).toLowerCase()) + 1
      const found = onWeekday(wanted, said === 'next' ? 1 : said === 'this' ? 0 : null, today)
      return week && isDay(found) ? addDays(found, 7) : found
    },
  ],
]

const AHEAD: readonly Shape[] = [
  [
    new RegExp(
      `(?<!\\d)(?:再?过)?(?<count>${N})\\s?个?(?<half>半)?(?<unit>工作日|天|日|周|星期|礼拜|月|年)(?<more>半)?\\s?(?:之后|以后|后)`,
      'g',
    ),
    ({ count, half, unit = '', more }, today, workdays) =>
      afterSpan(number(count) + (half || more ? 0.5 : 0), unit, today, workdays),
  ],
  [
    new RegExp(`过(?<count>${N})\\s?个?(?<unit>工作日|天|周|星期|礼拜|月)`, 'g'),
    ({ count, unit = '' }, today, workdays) =>
      count === '两' && unit === '天' ? 'unclear' : afterSpan(number(count), unit, today, workdays),
  ],
  [
    /过?(?:好?几|多|个把|[一两三]?[两三四五]?十?多?几?)个?(?:天|日|周|星期|礼拜|月)(?:之后|以后|后)|(?:过|这|近|最近)好?几[天日]|过些[天日]|(?:这|近|最近)[两三几][天日周]|(?<![\d一二三四五六七八九十])(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|几)个?(?:天|日|周|星期|礼拜|月)(?:内|之内|以内)(?!到期)|第[二三两\d]个?(?:天|月|周|星期|礼拜)(?!打|没)|隔[天日]|转天|改天|过阵子|过段时间/g,
    unclear,
  ],
  [
    new RegExp(
      `\\bin (?<count>${ENGLISH_COUNT}) (?<unit>working days?|workdays?|days?|weeks?|months?)\\b|\\b(?<count2>${ENGLISH_COUNT}) (?<unit2>days?|weeks?|months?) (?:later|from now)\\b`,
      'gi',
    ),
    ({ count, unit, count2, unit2 }, today, workdays) => {
      const said = (count ?? count2 ?? '').toLowerCase()
      const span = (unit ?? unit2 ?? '').toLowerCase().replace(/s$/, '')
      const many = ENGLISH_COUNTS[said] ?? Number(said)
      return afterSpan(many, ENGLISH_UNITS[span] ?? '工作日', today, workdays)
    },
  ],
  [/明后天|明天?(?:或者?|、|和)?后天|明后两?天|今明两?天/g, unclear],
  [/(?<more>大{0,6})后天/g, ({ more = '' }, today) => addDays(today, 2 + more.length)],
  [/\b(?:the )?day after tomorrow\b/gi, (_groups, today) => addDays(today, 2)],
  [
    /明天|明日|明儿|明(?=[早晚])|次日|\b(?:tomorrow|tmrw?)\b/gi,
    (_groups, today) => addDays(today, 1),
  ],
  [/今天|今日|今儿|今(?=[早晚])|当天|\btoday\b/gi, (_groups, today) => today],
]

const GONE: readonly Shape[] = [
  [
    /(?<!大)前[天日](?!台)|昨天|昨日|昨(?=[晚早夜])|上个?(?:周|星期|礼拜)[一二三四五六日天]?|上个?月(?:底|初|[\d一二三四五六七八九十]{1,3}[号日])?|\byesterday\b|\blast (?:week|month|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/gi,
    () => 'past',
  ],
]

export const DAY_SHAPES: readonly Shape[] = [
  ...GONE,
  ...ON_DATES,
  ...IN_PERIODS,
  ...IN_WEEKS,
  ...AHEAD,
]
