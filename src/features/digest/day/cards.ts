import type { Block, Button, Card, ListItem } from '../../../core/card.ts'
import { type Language, type Say, speaker } from '../../../core/text.ts'
import type { Book } from '../../pipeline/store.ts'
import type { CameOf, LineCame } from '../../tasks/list/shown.ts'
import { PAGE, type PersonDay, SPANS, type Span, type Sums } from './rules.ts'

export interface DayView {
  readonly book: Book
  readonly span: Span
  readonly people: readonly PersonDay[]
  readonly sums: Sums
  /** What came of each line of one person's list of today; empty: of several people, or none was shown. */
  readonly list: readonly LineCame[]
  readonly from: number
  /** Whether the reader may remind them. */
  readonly mayRemind: boolean
}

const SPAN_LABELS = {
  today: ['今天', 'today'],
  'this-week': ['本周', 'this week'],
  'this-month': ['本月', 'this month'],
} as const
const spanLabel = (span: Span, say: Say): string => {
  const [zh, en] = SPAN_LABELS[span]
  return say(zh, en)
}

/** Who did what, zeros first, and what may be done about it. */
export function dayCard(view: DayView, language: Language): Card {
  const say = speaker(language)
  const { book, span, people, sums, from } = view
  const units = new Set(people.map(({ unit }) => unit)).size > 1
  const items = people.map((person): ListItem => {
    const { id, name, unit } = person
    const whose = { people: [{ id, name }] }
    const look = (label: string, input: object): Button => ({
      label,
      intent: { command: 'ask', input: { as: 'list', whose, ...input } },
    })
    const buttons = [
      ...(person.logged > 0 ? [look(say('看', 'View'), { of: 'outcomes', when: span })] : []),
      ...(person.open > 0 ? [look(say('未办', 'Open'), { of: 'tasks', when: 'today' })] : []),
    ]
    return {
      text: [personSaid(person, span, say), units && unit].filter(Boolean).join(' · '),
      ...(buttons.length > 0 && { buttons }),
    }
  })
  const more = sums.people - from - people.length
  const again = (label: string, input: object): Button => ({
    label,
    intent: { command: 'summary', input: { of: book.code, span, ...input } },
  })
  const buttons: Button[] = [
    ...(view.mayRemind && span === 'today' && sums.idle > 0
      ? [
          {
            label: say(`提醒没登记的 ${sums.idle} 人`, `Remind the ${sums.idle} without an entry`),
            style: 'primary' as const,
            intent: { command: 'remind-idle', input: { of: book.code } },
          },
        ]
      : []),
    ...(more > 0
      ? [again(say(`更多（还有 ${more}）`, `More (${more} left)`), { from: from + PAGE })]
      : []),
    ...SPANS.filter((each) => each !== span).map((each) =>
      again(spanLabel(each, say), { span: each }),
    ),
  ]
  const blocks: Block[] = [
    ...(from === 0 && 'path' in book ? [{ kind: 'text', text: sumsSaid(sums, say) } as const] : []),
    items.length > 0
      ? { kind: 'list', items }
      : { kind: 'text', text: say('没有客户经理。', 'No managers.') },
    ...(view.list.length > 0 ? [{ kind: 'text', text: listSaid(view.list, say) } as const] : []),
    { kind: 'buttons', buttons },
  ]
  return { title: `${book.name} · ${spanLabel(span, say)}`, blocks }
}

const CAME: readonly (readonly [CameOf, string, string])[] = [
  ['logged', '登记', 'logged'],
  ['moved', '改期或转交', 'put off or handed on'],
  ['skipped', '不做', 'left out'],
  ['closed', '已无须办', 'no longer needed'],
  ['open', '还没动', 'untouched'],
]

/** 清单上出现过 10 件：登记 6、不做 1（刚打过）、还没动 3。 */
function listSaid(list: readonly LineCame[], say: Say): string {
  const parts = CAME.flatMap(([came, zh, en]) => {
    const those = list.filter((line) => line.came === came)
    if (those.length === 0) return []
    const why = [...new Set(those.flatMap((line) => line.why ?? []))].join(say('；', '; '))
    return [`${say(zh, en)} ${those.length}${why && say(`（${why}）`, ` (${why})`)}`]
  })
  return say(
    `今天清单出现过 ${list.length} 件：${parts.join('、')}。`,
    `On today's list ${list.length}: ${parts.join(', ')}.`,
  )
}

const sumsSaid = ({ people, away, idle, logged, open, overdue }: Sums, say: Say): string =>
  say(
    `${people} 人${away > 0 ? `（请假 ${away}）` : ''}，**${idle} 人还没登记**；登记 ${logged} 次，未办 ${open} 件，逾期 ${overdue} 件。`,
    `${people} people${away > 0 ? ` (${away} away)` : ''}, **${idle} without an entry**; ${logged} entries, ${open} open, ${overdue} overdue.`,
  )

function personSaid(person: PersonDay, span: Span, say: Say): string {
  const { name, away, logged, open, overdue } = person
  const what = (
    [
      [say('有意向', 'interested'), person.interested],
      [say('申请', 'applied'), person.applied],
      [say('放款', 'granted'), person.granted],
      [say('走访', 'visits'), person.visits],
      [say('新客', 'new'), person.entered],
    ] as const
  ).flatMap(([label, count]) => (count > 0 ? [`${label} ${count}`] : []))
  return [
    `**${name}**${away ? say('（请假）', ' (away)') : ''} ${
      logged > 0 ? say(`登记 ${logged}`, `${logged} logged`) : say('还没登记', 'no entry yet')
    }`,
    ...what,
    open > 0 && say(`未办 ${open}`, `${open} open`),
    overdue > 0 && say(`逾期 ${overdue}`, `${overdue} overdue`),
    span === 'today' && logged === 0 && person.reminded && say('已提醒', 'reminded'),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** What a person who logged nothing gets. */
export function reminderCard(by: string, { open }: PersonDay, language: Language): Card {
  const say = speaker(language)
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `${by}提醒：今天还没有登记，清单上有 **${open}** 件。办过的回一句就行，如"1 没接"。`,
          `From ${by}: nothing is logged today, **${open}** on your list. What is done takes one line, such as "1 no answer".`,
        ),
      },
      {
        kind: 'buttons',
        buttons: [{ label: say('今日', 'Today'), intent: { command: 'today', input: {} } }],
      },
    ],
  }
}
