import type { Moment } from '../../bot/moment.ts'
import { type SpecialDay, yearOf } from '../../core/calendar/schedule.ts'
import { festivalsOf } from '../../core/calendar/statutory-holidays.ts'
import { type Day, daysBetween, sayDate } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import { type Block, type Card, type ListItem, textCard } from '../../core/card.ts'
import { counted, type Language, type Say, speaker } from '../../core/text.ts'
import { undoRow } from '../../core/undo-button.ts'
import {
  daysOf,
  type NewDay,
  type Place,
  type Planned,
  type Stretch,
  stretchesOf,
} from './rules.ts'

/** Stretches that a message names; of more the number is said. */
const MOST_NAMED = 20

const placeLabel = ({ name }: Pick<Place, 'name'>, say: Say): string =>
  name ?? say('全行', 'The whole bank')

/** 2月5日 周五–2月11日 周四, with the number of days where there are several. */
function spanLabel({ from, until }: Pick<Stretch, 'from' | 'until'>, language: Language): string {
  if (from === until) return sayDate(from, language)
  const count = daysBetween(from, until) + 1
  const say = speaker(language)
  return `${sayDate(from, language)} – ${sayDate(until, language)} ${say(`共 ${count} 天`, `(${counted(count, 'day')})`)}`
}

const stretchLine = (stretch: Stretch, language: Language): string => {
  const say = speaker(language)
  const kind = stretch.works ? say('上班', 'worked') : say('放假', 'off')
  return [kind, spanLabel(stretch, language), stretch.name].filter(Boolean).join(' · ')
}

/** What a change comes to, a line each stretch, year by year. */
function changeLines({ change }: Planned, language: Language): string[] {
  const say = speaker(language)
  const stretches =
    change.kind === 'enter'
      ? stretchesOf(change.days)
      : stretchesOf(change.days.map((day) => ({ day, works: false, name: null })))
  const lines = stretches.map((stretch) =>
    change.kind === 'enter'
      ? stretchLine(stretch, language)
      : `${say('取消录入', 'no longer entered')} · ${spanLabel(stretch, language)}`,
  )
  const years = new Set(stretches.map(({ from }) => yearOf(from)))
  const dated =
    years.size > 1 || !lines[0]
      ? lines.map((line, index) => `${stretches[index]?.from.slice(0, 4)} ${line}`)
      : [`${[...years].join('')} ${lines[0]}`, ...lines.slice(1)]
  const more = dated.length - MOST_NAMED
  return more > 0
    ? [...dated.slice(0, MOST_NAMED), say(`还有 ${more} 段`, `and ${more} more`)]
    : dated
}

/** What of the years concerned is still provisional. */
const yearLines = ({ change, after }: Planned, language: Language): string[] =>
  [...new Set(daysOf(change).map(yearOf))].flatMap(
    (year) => provisionalLine(year, after, language) ?? [],
  )

/** Null: the schedule of the year is known. */
function provisionalLine(year: number, workdays: Workdays, language: Language): string | null {
  const missing = new Set(workdays.unannounced(year))
  if (missing.size === 0) return null
  const say = speaker(language)
  const festivals = festivalsOf(year)
  const lacking = festivals.filter(({ days }) => days.some((day) => missing.has(day)))
  const names = lacking.map(({ name }) => name[language]).join(say('、', ', '))
  return lacking.length === festivals.length
    ? say(
        `${year} 年暂按法定节假日，放假安排公布后请更新。`,
        `${year} goes by the public holidays by law; please update it once the schedule is announced.`,
      )
    : say(
        `${year} 年还没有录入：${names}，暂按法定节假日，放假安排公布后请更新。`,
        `Of ${year} these are not entered yet: ${names}. They go by law; please update them once the schedule is announced.`,
      )
}

function taskLine({ tasks, people, change }: Planned, moved: boolean, say: Say): string {
  if (tasks > 0) {
    return moved
      ? say(
          `${tasks} 件任务（${people} 人）已改到工作日。`,
          `${counted(tasks, 'task')} of ${people} moved to a workday.`,
        )
      : say(
          `${tasks} 件任务（${people} 人）落在新的休息日，会改到下一个工作日。`,
          `${counted(tasks, 'task')} of ${people} fall on a new day off and move to the next workday.`,
        )
  }
  return change.kind === 'cancel'
    ? say('任务的日期不变。', 'Tasks keep their days.')
    : say('没有任务因此改期。', 'No task moves.')
}

/** What would follow from a change, and whether to do it. */
export function previewText(planned: Planned, language: Language): string {
  const say = speaker(language)
  return [
    `**${placeLabel(planned.place, say)}**`,
    ...changeLines(planned, language),
    taskLine(planned, false, say),
    ...planned.left.map((each) => each[language]),
    ...yearLines(planned, language),
    say('确认吗？不是就不用回答。', 'Shall I do it? If not, just go on.'),
  ].join('\n')
}

export function changedCard(planned: Planned, language: Language): Card {
  const say = speaker(language)
  const lines = [
    say(
      `已更新 **${placeLabel(planned.place, say)}** 的节假日：`,
      `**${placeLabel(planned.place, say)}**: the calendar is changed.`,
    ),
    ...changeLines(planned, language),
    taskLine(planned, true, say),
    ...yearLines(planned, language),
  ]
  return textCard(lines.join('\n'), undoRow(say))
}

/** A unit of one's own with days of its own. */
export interface OwnDays {
  readonly name: string
  readonly days: readonly NewDay[]
}

/** The calendar of a year: days off, days worked, what units have of their own. */
export function yearCard(
  year: number,
  own: readonly OwnDays[],
  at: Moment,
  maySet: boolean,
  language: Language,
): Card {
  const say = speaker(language)
  const provisional = provisionalLine(year, at.workdays, language)
  const hint = say(
    '录入：节假日 2027-02-05至2027-02-11 春节；节假日 调休上班 2027-02-13；节假日 取消 2027-02-05。整年发表格（"节假日 表格"）或 .ics 文件。',
    'To enter: holidays 2027-02-05 to 2027-02-11 Spring Festival; holidays work 2027-02-13; holidays cancel 2027-02-05. For a whole year send a workbook ("holidays sheet") or an .ics file.',
  )
  const list = (heading: string, items: readonly ListItem[]): Block[] =>
    items.length > 0 ? [{ kind: 'list', heading, items }] : []
  const lines = (works: boolean): ListItem[] =>
    specialStretches(at.workdays, year, language)
      .filter((each) => each.works === works)
      .map((each) => ({
        text: `${each.name ? `**${each.name}** ` : ''}${spanLabel(each, language)}`,
      }))
  const units = own.map(({ name, days }) => {
    const said = stretchesOf(days).map((each) => stretchLine(each, language))
    return { text: `**${name}** ${said.join(say('；', '; '))}` }
  })
  return {
    title: say(`${year} 年节假日`, `Holidays of ${year}`),
    blocks: [
      ...(provisional ? [{ kind: 'text', text: provisional } as const] : []),
      ...list(say('放假', 'Off'), lines(false)),
      ...list(say('调休上班', 'Worked instead'), lines(true)),
      ...list(say('机构自己的', 'Of single units'), units),
      ...(maySet ? [{ kind: 'text', text: hint } as const] : []),
      {
        kind: 'buttons',
        buttons: [year - 1, year + 1].map((other) => ({
          label: say(`${other} 年`, `${other}`),
          intent: { command: 'calendar', input: { year: other } },
        })),
      },
    ],
  }
}

/** The special days of a year as stretches. */
export const specialStretches = (workdays: Workdays, year: number, language: Language): Stretch[] =>
  stretchesOf(
    [...workdays.schedule(year)].map(([day, { works, name }]: [Day, SpecialDay]) => ({
      ...{ day, works, name: name?.[language] ?? null },
    })),
  )
