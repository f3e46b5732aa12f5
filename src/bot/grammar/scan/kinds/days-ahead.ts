import { addDays, isDay } from '../../../../core/calendar/time.ts'
import { afterSpan, onWeekday } from './calendar.ts'
import { N, number, type Shape, unclear } from './day-shape.ts'

const WEEK = '(?:周|星期|礼拜|(?<!礼)拜(?=[一二三四五六]))'
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const WEEKDAY =
  '(?<name>mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)'
const ENGLISH_COUNTS: Readonly<Record<string, number>> = {
  ...{ a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, ten: 10 },
}
const ENGLISH_COUNT = 'an?|one|two|three|four|five|six|ten|\\d{1,3}'
const ENGLISH_UNITS: Readonly<Record<string, string>> = { day: '天', week: '周', month: '月' }

const IN_WEEKS: readonly Shape[] = [
  [
    ['周星礼拜'],
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
    ['周星礼a'],
    new RegExp(
      `(?:(?<!一)(?:下个?){1,6}|这个?|本)${WEEK}(?![一二三四五六日天]|[1-7](?![\\d.万千百wk个]))(?:末|内|之内|里)?|周末|${WEEK}(?=$|[\\s,。;再])|\\b(?:next|this) week(?:end)?\\b|\\b(?:the )?week after next\\b|\\b(?:in a )?fortnight\\b`,
      'gi',
    ),
    unclear,
  ],
  [
    ['a'],
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
    ['后'],
    new RegExp(
      `(?<!\\d)(?:再?过)?(?<count>${N})\\s?个?(?<half>半)?(?<unit>工作日|天|日|周|星期|礼拜|月|年)(?<more>半)?\\s?(?:之后|以后|后)`,
      'g',
    ),
    ({ count, half, unit = '', more }, today, workdays) =>
      afterSpan(number(count) + (half || more ? 0.5 : 0), unit, today, workdays),
  ],
  [
    ['过'],
    new RegExp(`过(?<count>${N})\\s?个?(?<unit>工作日|天|周|星期|礼拜|月)`, 'g'),
    ({ count, unit = '' }, today, workdays) =>
      count === '两' && unit === '天' ? 'unclear' : afterSpan(number(count), unit, today, workdays),
  ],
  [
    ['天日月周星礼阵段近'],
    /过?(?:好?几|多|个把|[一两三]?[两三四五]?十?多?几?)个?(?:天|日|周|星期|礼拜|月)(?:之后|以后|后)|(?:过|这|近|最近)好?几[天日]|过些[天日]|(?:这|近|最近)[两三几][天日周]|(?<![\d一二三四五六七八九十])(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|几)个?(?:天|日|周|星期|礼拜|月)(?:内|之内|以内)(?!到期)|第[二三两\d]个?(?:天|月|周|星期|礼拜)(?!打|没)|隔(?:[天日]|[一两三几]天)|转天|改天|近期(?=再|联系|打)|最近(?=再|联系)|过阵子|过段时间/g,
    unclear,
  ],
  [
    ['a'],
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
  [['后两'], /明后天|明天?(?:或者?|、|和)?后天|明后两?天|今明两?天/g, unclear],
  [['后'], /(?<more>大{0,6})后天/g, ({ more = '' }, today) => addDays(today, 2 + more.length)],
  [['a'], /\b(?:the )?day after tomorrow\b/gi, (_groups, today) => addDays(today, 2)],
  [
    ['明次a'],
    /明天|明日|明儿|明(?=[早晚])|次日|\b(?:tomorrow|tmrw?)\b/gi,
    (_groups, today) => addDays(today, 1),
  ],
  [['今当a'], /今天|今日|今儿|今(?=[早晚])|当天|\btoday\b/gi, (_groups, today) => today],
]

const GONE: readonly Shape[] = [
  [
    ['前昨上a'],
    /(?<!大)前[天日](?!台)|昨天|昨日|昨(?=[晚早夜])|上个?(?:周|星期|礼拜)[一二三四五六日天]?|上个?月(?:底|初|[\d一二三四五六七八九十]{1,3}[号日])?|\byesterday\b|\blast (?:week|month|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/gi,
    () => 'past',
  ],
]

/** Days by how far off they are, weekdays too. */
export const DAYS_AHEAD: readonly Shape[] = [...GONE, ...IN_WEEKS, ...AHEAD]
