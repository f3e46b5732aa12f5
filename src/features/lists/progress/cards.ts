import { type Day, sayDay } from '../../../core/calendar/time.ts'
import type { Block, Button, Card } from '../../../core/card.ts'
import { inLanguage, type Language, type Say, speaker, text } from '../../../core/text.ts'
import { SKIP_LABELS } from '../labels.ts'
import type { Skip, TargetList } from '../rules.ts'

interface Counts {
  readonly name: string
  readonly clients: number
  readonly open: number
  readonly done: number
  readonly reached: number
  readonly interested: number
  readonly applied: number
  readonly granted: number
}

/** Why a client of a list is nobody's: as it was shared out, or recalled since. */
export type LeftOut = Skip | 'recalled'

const leftOutLabel = (why: LeftOut, language: Language): string =>
  inLanguage(why === 'recalled' ? text('已收回', 'recalled') : SKIP_LABELS[why], language)

/** "没有人跟的：F 淘汰 1、已收回 2". */
export function leftOutText(
  leftOut: readonly (readonly [LeftOut, number])[],
  language: Language,
): string {
  const said = leftOut.map(([why, count]) => `${leftOutLabel(why, language)} ${count}`)
  return speaker(language)(`没有人跟的：${said.join('、')}`, `With nobody: ${said.join(', ')}`)
}

/** How a client of a list stands: nobody's, or as progress counts it, by whatever task anything was logged. */
export function standingLabel(
  client: {
    readonly recalled: boolean
    readonly skip: Skip | null
    readonly status: string | null
    readonly outcome: string | null
  },
  language: Language,
): string {
  const say = speaker(language)
  const why = client.recalled ? 'recalled' : client.skip
  if (why) return leftOutLabel(why, language)
  if (client.status === 'done' || client.outcome) return say('已办', 'done')
  return client.status === 'open' ? say('待办', 'open') : say('已取消', 'cancelled')
}

/** So many people are shown at once, who has done least first. */
const MOST_SHOWN = 30

/** Whether somebody has clients of a list and has closed nothing of it. */
export const isIdle = ({ open, done }: Pick<Counts, 'open' | 'done'>): boolean =>
  open > 0 && done === 0

/** What is counted of a list, in the order in which it is shown. */
export const countLabels = (say: Say): readonly string[] => [
  ...[say('分到', 'Given'), say('已办', 'Done'), say('触达', 'Reached')],
  ...[say('意向', 'Interested'), say('申请', 'Applied'), say('放款', 'Granted')],
]
export const countsShown = (each: Omit<Counts, 'name'>): readonly number[] => [
  ...[each.clients, each.done, each.reached, each.interested, each.applied, each.granted],
]

/** Why a list runs no more; null while it does. */
export function endLabel(
  { recalledAt, endsOn }: Pick<TargetList, 'recalledAt' | 'endsOn'>,
  today: Day,
  say: Say,
): string | null {
  if (recalledAt) return say('已收回', 'recalled')
  return endsOn < today ? say('已结束', 'ended') : null
}

const total = (people: readonly Counts[], name: string): Counts =>
  people.reduce(
    (sum, each) => ({
      name,
      clients: sum.clients + each.clients,
      open: sum.open + each.open,
      done: sum.done + each.done,
      reached: sum.reached + each.reached,
      interested: sum.interested + each.interested,
      applied: sum.applied + each.applied,
      granted: sum.granted + each.granted,
    }),
    { name, clients: 0, open: 0, done: 0, reached: 0, interested: 0, applied: 0, granted: 0 },
  )

/** How far everybody is with a list, zeros shown; `leads`: the reader may remind and take back. */
export function progressCard(
  list: TargetList,
  people: readonly Counts[],
  leftOut: readonly (readonly [LeftOut, number])[],
  leads: boolean,
  { today, language }: { readonly today: Day; readonly language: Language },
): Card {
  const say = speaker(language)
  const sum = total(people, say('合计', 'Total'))
  const end = endLabel(list, today, say)
  const state = end ? say(`，${end}`, `, ${end}`) : ''
  const blocks: Block[] = [
    {
      kind: 'text',
      text: say(
        `${list.makerName} 分的，到 ${sayDay(list.endsOn, today, 'zh')}${state}。已办 ${sum.done} / ${sum.clients}。话术：${list.talkingPoints}`,
        `By ${list.makerName}, until ${sayDay(list.endsOn, today, 'en')}${state}. Done ${sum.done} of ${sum.clients}. Say: ${list.talkingPoints}`,
      ),
    },
  ]
  if (people.length > 0) {
    const cells = (each: Counts) => [each.name, ...countsShown(each).map(String)]
    const rows = people.slice(0, MOST_SHOWN).map(cells)
    blocks.push({
      kind: 'table',
      columns: [say('客户经理', 'Manager'), ...countLabels(say)],
      rows: people.length > 1 ? [...rows, cells(sum)] : rows,
    })
  }
  const more = people.length - MOST_SHOWN
  if (more > 0) {
    blocks.push({
      kind: 'text',
      text: say(`还有 ${more} 人，见表格。`, `${more} more; see the workbook.`),
    })
  }
  if (leads && leftOut.length > 0) {
    blocks.push({ kind: 'text', text: leftOutText(leftOut, language) })
  }
  const idle = people.filter(isIdle).length
  const press = (label: string, command: string): Button => ({
    label,
    intent: { command, input: { name: list.name } },
  })
  if (leads) {
    const buttons = [
      ...(idle > 0 && !list.recalledAt
        ? [press(say(`提醒没动的 ${idle} 人`, `Remind the ${idle} who did nothing`), 'remind-list')]
        : []),
      press(say('表格', 'Workbook'), 'list-workbook'),
    ]
    blocks.push({ kind: 'buttons', buttons })
  }
  return { title: say(`名单 ${list.name}`, `List ${list.name}`), blocks }
}

/** The lists that somebody sees. */
export function listsCard(
  lists: readonly TargetList[],
  { today, language }: { readonly today: Day; readonly language: Language },
): Card {
  const say = speaker(language)
  const items = lists.map((list) => ({
    text: [
      `**${list.name}**`,
      list.makerName,
      list.recalledAt
        ? say('已收回', 'recalled')
        : say(
            `到 ${sayDay(list.endsOn, today, 'zh')}`,
            `until ${sayDay(list.endsOn, today, 'en')}`,
          ),
    ].join(' · '),
    buttons: [
      {
        label: say('进度', 'Progress'),
        intent: { command: 'list-progress', input: { name: list.name } },
      },
    ],
  }))
  return {
    title: say('名单', 'Lists'),
    blocks: [
      items.length > 0
        ? { kind: 'list', items }
        : {
            kind: 'text',
            text: say(
              '还没有名单。主管说"名单 新建 春茶 客群 沉睡户 给 一队 话术 …"来分一份。',
              'There is no list yet. Leads say "new list Tea segment Sleepers for T01 say …" to share one out.',
            ),
          },
    ],
  }
}

/** To a manager who has done nothing of a list. */
export function reminderText(
  by: string,
  { name, open, endsOn }: { readonly name: string; readonly open: number; readonly endsOn: Day },
  today: Day,
  language: Language,
): string {
  const until = sayDay(endsOn, today, language)
  return speaker(language)(
    `${by}提醒您：名单"${name}"的 ${open} 户还没有开始，到 ${until}。说"今日"看今天的。`,
    `${by} reminds you: none of the ${open} clients of the list "${name}" is done yet; it runs until ${until}. Say "today".`,
  )
}
