import type { Moment } from '../../../bot/moment.ts'
import { addMonths, dayIn, sayDay } from '../../../core/calendar/time.ts'
import type { Block, Card } from '../../../core/card.ts'
import { inLanguage, type Language, type Say, speaker } from '../../../core/text.ts'
import { heldName } from '../entries/cards.ts'
import { CREDIT_DAYS } from '../entries/rules.ts'
import { sayBalance } from '../points/rules.ts'
import type { Period } from './phrases.ts'
import { type Figures, type Grouping, type State, total } from './rules.ts'
import type { Arrived } from './store.ts'

export function sayPeriod(period: Period, at: Moment, say: Say): string {
  if (period === 'all') return say('至今', 'so far')
  if (period === at.today.slice(0, 7)) return say('本月', 'this month')
  if (period === addMonths(at.today, -1).slice(0, 7)) return say('上月', 'last month')
  const [year, month] = period.split('-').map(Number)
  return say(`${year}年${month}月`, period)
}

const sayState = (state: State, say: Say): string =>
  ({
    held: say('待主管审核', 'waits for a review'),
    rejected: say('未通过审核', 'not accepted'),
    withdrawn: say('本人已撤回', 'withdrawn'),
    left: say('等待联系', 'to be called'),
    contacted: say('已联系', 'contacted'),
    applied: say('已申请', 'applied'),
    granted: say('已放款', 'granted'),
  })[state]

/** Somebody whose entry a lead looks at before they are called. */
export interface Waiting {
  readonly name: string
  readonly enteredAt: Date
}

/** Who waits for a review before the reader calls them, by the family name alone. */
const waitingBlock = (waiting: readonly Waiting[], at: Moment, say: Say, language: Language) =>
  ({
    kind: 'list',
    heading: say('等主管审核，通过前先不要联系', 'Wait for a review; do not call before'),
    items: waiting.map(({ name, enteredAt }) => ({
      text: `${heldName(name)} · ${sayDay(dayIn(enteredAt, at.timezone), at.today, language)}`,
    })),
  }) as const

/** How many were lent to: what facilities confirm beside what was logged, or this alone where there are none. */
const lent = ({ granted, confirmed, confirms }: Figures, say: Say): string =>
  confirms
    ? say(`${confirmed}（登记 ${granted}）`, `${confirmed} (${granted} logged)`)
    : `${granted}`

/** My own figures, who waits for me, and who came last. */
export function ownCard(
  {
    figures,
    latest,
    waiting,
  }: {
    readonly figures: Figures
    readonly latest: readonly Arrived[]
    readonly waiting: readonly Waiting[]
  },
  points: Parameters<typeof sayBalance>[0] | null,
  period: Period,
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const { opened, scanned, left, held, contacted, applied, days } = figures
  const blocks: Block[] = [
    {
      kind: 'fields',
      fields: [
        {
          label: say('打开', 'Opened'),
          value: say(
            `${opened} 人（扫码 ${scanned}，点链接 ${opened - scanned}）`,
            `${opened} people (${scanned} scanned, ${opened - scanned} by link)`,
          ),
        },
        {
          label: say('留下信息', 'Left details'),
          value:
            held > 0 ? say(`${left} 人，待审核 ${held}`, `${left}, ${held} to review`) : `${left}`,
        },
        { label: say('已联系', 'Contacted'), value: `${contacted}` },
        { label: say('已申请', 'Applied'), value: `${applied}` },
        {
          label: say('已放款', 'Granted'),
          value: [
            lent(figures, say),
            days !== null && say(`，一般 ${days} 天`, `, in ${days} days as a rule`),
            !figures.confirms && say('（按登记，尚未核实）', ' (as logged, not confirmed yet)'),
          ]
            .filter(Boolean)
            .join(''),
        },
        ...(points
          ? [
              {
                label: say('积分，至今', 'Points so far'),
                value: inLanguage(sayBalance(points), language),
              },
            ]
          : []),
      ],
    },
  ]
  if (waiting.length > 0) blocks.push(waitingBlock(waiting, at, say, language))
  if (latest.length > 0) {
    blocks.push({
      kind: 'list',
      heading: say('最近', 'Latest'),
      items: latest.map((each) => ({ text: arrivedLine(each, at, language) })),
    })
  } else if (opened === 0) {
    blocks.push({
      kind: 'text',
      text: say(
        '还没有人打开。发"我的码"，把链接或海报转出去。',
        'Nobody opened it yet. Say "my code" and share the link or the poster.',
      ),
    })
  }
  const button = (label: string, asked: Period) => {
    return { label, intent: { command: 'my-referrals', input: { period: asked } } }
  }
  blocks.push({
    kind: 'buttons',
    buttons: [
      button(say('上月', 'Last month'), addMonths(at.today, -1).slice(0, 7)),
      button(say('至今', 'So far'), 'all'),
      { label: say('我的码', 'My code'), intent: { command: 'my-code', input: {} } },
    ],
  })
  return {
    title: say(
      `我的转介 · ${sayPeriod(period, at, say)}`,
      `My referrals, ${sayPeriod(period, at, say)}`,
    ),
    blocks,
  }
}

function arrivedLine(each: Arrived, at: Moment, language: Language): string {
  const say = speaker(language)
  const credit =
    each.credit === 'later'
      ? say(`此前已有人转介，${CREDIT_DAYS} 天内归首位`, 'somebody else recommended them first')
      : each.credit === 'none'
        ? say('不计转介', 'does not count')
        : each.returning
          ? say('回访', 'returned')
          : ''
  return [
    sayDay(dayIn(each.enteredAt, at.timezone), at.today, language),
    each.name ? `**${each.name}**` : say('一位客户', 'somebody'),
    each.through && say(`${each.through}介绍`, `through ${each.through}`),
    sayState(each.state, say),
    credit,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** Lines of a table at most; the rest is in the sum. */
const MOST_LINES = 20

/** Figures of many, best first. */
export function statisticsCard(
  all: readonly Figures[],
  grouping: Grouping,
  period: Period,
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const head = {
    person: say('谁', 'Who'),
    unit: say('机构', 'Unit'),
    campaign: say('产品或活动', 'For'),
    month: say('月份', 'Month'),
  }[grouping]
  const row = (each: Figures, name: string) => [
    name,
    `${each.opened}`,
    `${each.left}`,
    `${each.contacted}`,
    `${each.applied}`,
    lent(each, say),
    each.days === null ? '—' : `${each.days}`,
  ]
  const named = ({ label }: Figures) => label || say('通用', 'in general')
  const shown = all.slice(0, MOST_LINES)
  const rows = shown.map((each, index) =>
    row(each, grouping === 'person' ? `${index + 1} ${named(each)}` : named(each)),
  )
  const whole = total(all, '')
  const sum = row(whole, say('合计', 'Total'))
  const left = all.length - shown.length
  const notes = [
    grouping === 'person' && say('* 是客户推荐人。', '* is a client who recommends.'),
    !whole.confirms && say('放款按登记，尚未核实。', 'Granted as logged, not confirmed yet.'),
    left > 0 && say(`还有 ${left} 行计入合计。`, `${left} more lines are in the total.`),
  ].filter(Boolean)
  const title = say(
    `转介统计 · ${sayPeriod(period, at, say)}`,
    `Referrals, ${sayPeriod(period, at, say)}`,
  )
  if (all.length === 0) {
    return {
      title,
      blocks: [{ kind: 'text', text: say('这段时间还没有转介。', 'There are none in this time.') }],
    }
  }
  const button = (label: string, by: Grouping) => {
    return { label, intent: { command: 'referral-figures', input: { grouping: by, period } } }
  }
  return {
    title,
    blocks: [
      {
        kind: 'table',
        columns: [
          head,
          say('打开', 'Opened'),
          say('留信息', 'Left'),
          say('已联系', 'Called'),
          say('已申请', 'Applied'),
          say('已放款', 'Granted'),
          say('天数', 'Days'),
        ],
        rows: [...rows, sum],
      },
      ...(notes.length > 0 ? [{ kind: 'text' as const, text: notes.join(' ') }] : []),
      {
        kind: 'buttons',
        buttons: [
          button(say('按人', 'By person'), 'person'),
          button(say('按机构', 'By unit'), 'unit'),
          button(say('按活动', 'By campaign'), 'campaign'),
          button(say('按月', 'By month'), 'month'),
        ],
      },
    ],
  }
}
