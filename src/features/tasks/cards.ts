import type { Moment } from '../../bot/moment.ts'
import { sayDate } from '../../core/calendar/time.ts'
import { saySetDay } from '../../core/calendar/workdays.ts'
import type { Block, Button, Card } from '../../core/card.ts'
import { DEAD_NUMBER } from '../../core/outcome.ts'
import {
  counted,
  inLanguage,
  type Language,
  type Say,
  speaker,
  type Text,
} from '../../core/text.ts'
import { undoButton, undoRow } from '../../core/undo-button.ts'
import type { Hours } from '../playbook/contact-rules.ts'
import { outcomeWords } from './correct/verdict.ts'
import type { FinishedErrands } from './errands/errand.ts'
import { dayOffNote, noNextLabel, sectionLabel } from './labels.ts'
import { besideSaid } from './list/at-once.ts'
import { lineButtons, listItem, perClient, taskBlock } from './list/line-card.ts'
import type { TaskLine, UpNext } from './list/line-store.ts'
import { needsNoted, needsOf } from './outcomes/other-lines.ts'
import type { Logged, LoggedOutcomes } from './outcomes/rules.ts'
import { thenButtons } from './outcomes/then-cards.ts'
import { SECTIONS, sectionOf } from './rules.ts'

export interface DayList {
  /** The open tasks of the list that are shown, in its order. */
  readonly lines: readonly TaskLine[]
  /** How many the list has, and how many of them, its first, are not only of the days ahead. */
  readonly total: number
  readonly due: number
  /** Task n is `numbers[n-1]`. */
  readonly numbers: readonly string[]
  readonly done: number
  /** The place of the first line that is shown, and how many are shown at once. */
  readonly from: number
  /** What is said above the lines besides. */
  readonly notes: readonly Text[]
  readonly page: number
  /** The quiet hours of everybody that it is now; null: clients may be called. */
  readonly quiet: Hours | null
}

/** What the cards of a day's list show the state of. */
export const LIST = 'list'
export const subjectOf = (at: Moment): string => `${LIST}:${at.today}`

/** The morning's list, and what `today` answers. */
export function listCard(
  { lines: shown, total, due, numbers, done, from, page, quiet, notes }: DayList,
  at: Moment,
  language: Language,
  shared: boolean,
): Card & { readonly subject: string } {
  const say = speaker(language)
  const subject = subjectOf(at)
  const title = say(`晨会 · ${sayDate(at.today, 'zh')}`, `Morning · ${sayDate(at.today, 'en')}`)
  const said: Block[] =
    from === 0 && notes.length > 0
      ? [{ kind: 'text', text: notes.map((note) => inLanguage(note, language)).join('\n') }]
      : []
  if (shown.length === 0) {
    const text = done
      ? say(`今天的 ${done} 件都办完了。`, `All ${done} of today's tasks are done.`)
      : say('今天没有到期的任务。', 'Nothing is due today.')
    return {
      title,
      subject,
      blocks: [{ kind: 'text', text }, ...said, { kind: 'text', text: idleHint(say) }],
    }
  }
  const entries = perClient(shown)
  const pressing = entries.filter(([line]) => sectionOf(line, at.today) !== 'soon').length
  const first = from === 0
  const summary = [
    due > 0
      ? say(`今天 **${due}** 件`, `**${due}** due`)
      : say('今天没有到期的', 'nothing due today'),
    // Tasks of one client are one line.
    first &&
      due <= shown.length &&
      pressing < due &&
      say(`${pressing} 位客户`, `${counted(pressing, 'client')}`),
    done > 0 && say(`已办 ${done} 件`, `${done} done`),
    first &&
      due > shown.length &&
      say(`先做这 ${shown.length} 件`, `start with these ${shown.length}`),
  ]
  const each = lineButtons(at.kinds, say)
  const sections = SECTIONS.flatMap((section): Block[] => {
    const items = entries
      .filter(([line]) => sectionOf(line, at.today) === section)
      .map(([line, ...others]) =>
        listItem(line, numbers.indexOf(line.id) + 1, at, say, language, shared, others),
      )
    const heading = sectionLabel(section, say)
    return items.length > 0 ? [{ kind: 'list', heading, items, each }] : []
  })
  const left = total - from - shown.length
  const dueLeft = Math.max(0, due - from - shown.length)
  const more: Button = {
    label: leftLabel(dueLeft, left - dueLeft, say),
    intent: { command: 'today', input: { from: from + page } },
  }
  return {
    title,
    subject,
    blocks: [
      { kind: 'text', text: summary.filter(Boolean).join(say('，', ', ')) },
      ...said,
      ...(quiet ? [{ kind: 'text', text: quietHint(quiet, say), alert: true } as const] : []),
      ...sections,
      ...(left > 0 ? [{ kind: 'buttons', buttons: [more] } as const] : []),
      {
        kind: 'text',
        text: say(
          '回复"1 有意向 50万 周五再联系"即可登记。',
          'Reply "1 interested 500k Friday" to log an outcome.',
        ),
      },
    ],
  }
}

/** How many are due besides, which the heading counts, and how many soon. */
const leftLabel = (due: number, soon: number, say: Say): string =>
  [
    due > 0 && say(`还有 ${due} 件`, `${due} more`),
    soon > 0 && say(`近日 ${soon} 件`, `${soon} soon`),
  ]
    .filter(Boolean)
    .join(say('，', ', '))

const quietHint = ({ from, until }: Hours, say: Say): string =>
  say(
    `现在是免打扰时段（${from}-${until}），电话请在 ${until} 之后打。`,
    `Clients are not called ${from}-${until}; call after ${until}.`,
  )

const idleHint = (say: Say): string =>
  say(
    '可以发"查 姓名"看客户，或"新客户 姓名 手机 店名"登记新客户。',
    'Say "client Name" to look at one, or "new Name phone business" to enter a prospect.',
  )

/** What was logged, what comes next, and the way back. */
export function loggedCard(
  { logged, refused, upNext, beside }: LoggedOutcomes,
  at: Moment,
  language: Language,
  shared: boolean,
): Card {
  const say = speaker(language)
  const blocks: Block[] = [
    {
      kind: 'text',
      text: [
        ...logged.map((each) => loggedLine(each, at, say, language)),
        ...besideSaid(beside, language),
      ].join('\n'),
    },
  ]
  if (refused.length > 0) {
    blocks.push({
      kind: 'text',
      text: refused.map((text) => inLanguage(text, language)).join('\n'),
    })
  }
  const then = thenButtons(logged, at, language)
  if (then.length > 0) blocks.push({ kind: 'buttons', buttons: then })
  return { blocks: [...blocks, ...nextBlocks(upNext, at, language, shared)] }
}

/** What comes next on the list, and the way back. */
function nextBlocks(
  upNext: UpNext | null,
  at: Moment,
  language: Language,
  shared: boolean,
): readonly Block[] {
  const say = speaker(language)
  const today = { label: say('今日', 'Today'), intent: { command: 'today', input: {} } }
  const back: Block = { kind: 'buttons', buttons: [undoButton(say), today] }
  if (!upNext) return [back]
  const next = taskBlock(upNext.task, upNext.number, at, language, shared)
  return [{ ...next, heading: say('下一件', 'Next') }, back]
}

function loggedLine({ item, task, next, was }: Logged, at: Moment, say: Say, language: Language) {
  const [before, now] = [was, { ...item, kind: item.outcome }].map(
    (each) => each && outcomeWords(each, at.kinds, language),
  )
  const what = [task.clientName, before && before !== now && `${before} →`, now]
    .filter(Boolean)
    .join(' ')
  const then =
    'none' in next
      ? noNextLabel(next.none, say)
      : `**${saySetDay(next.task.dueOn, at, language, next.task.dueTime)}** ${say('再联系', 'next')}${dayOffNote(item.nextDate === next.task.dueOn ? null : item.nextDate, say)}`
  const noted = needsNoted(needsOf(at, item), language)
  const mend =
    item.outcome === DEAD_NUMBER
      ? say(
          `号码已标为空号；问到新号码就说"改 ${task.clientName} 电话 新号码"。`,
          ` The number is marked as dead; with a new one say "change ${task.clientName} phone …".`,
        )
      : ''
  return say(
    `${was ? '已改' : '已记'}：${what}，${then}。${noted}${mend}`,
    `${was ? 'Changed' : 'Logged'}: ${what}; ${then}.${noted}${mend}`,
  )
}

/** What was to be done is done; `refused`: what of it is not. */
export function errandsFinishedCard(
  { finished, refused, upNext }: FinishedErrands,
  at: Moment,
  language: Language,
  shared: boolean,
): Card {
  const say = speaker(language)
  const named = finished.map(({ clientName, note }) => `**${clientName}**${note && ` "${note}"`}`)
  const done = say(`已办：${named.join('、')}。`, `Done: ${named.join(', ')}.`)
  const text = [done, ...refused.map((fault) => inLanguage(fault, language))].join('\n')
  return { blocks: [{ kind: 'text', text }, ...nextBlocks(upNext, at, language, shared)] }
}

/** A task that was set by hand. `movedFrom`: when it was to be done until now; null: it is new. */
export function taskOpenedCard(
  client: string,
  due: string,
  note: string,
  movedFrom: string | null,
  language: Language,
): Card {
  const say = speaker(language)
  const moved = movedFrom ? say(`（原定 ${movedFrom}）`, ` (it was ${movedFrom})`) : ''
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `已排任务：**${client}** ${due} "${note}"${moved}。`,
          `Task set: **${client}** ${due} "${note}"${moved}.`,
        ),
      },
      undoRow(say),
    ],
  }
}
