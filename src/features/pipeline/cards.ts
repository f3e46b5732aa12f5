import type { Moment } from '../../bot/moment.ts'
import { type Day, daysBetween, sayDay } from '../../core/calendar/time.ts'
import type { Block, Button, Card, ListItem } from '../../core/card.ts'
import { sayYuan } from '../../core/money.ts'
import { type Language, type Say, speaker } from '../../core/text.ts'
import type { ChartOption } from '../../infra/pictures/chart.ts'
import { outcomeLabel } from '../tasks/labels.ts'
import {
  byKind,
  byMonth,
  byPart,
  grantableOf,
  PAGE,
  SLIPPING_DAYS,
  type Standing,
  type Sum,
  sumOf,
} from './rules.ts'
import type { Book, Granted, Line } from './store.ts'

export interface Pipeline {
  readonly book: Book
  readonly standing: readonly Standing[]
  readonly granted: Granted
  /** Of the first page, or of those after it. */
  readonly lines: readonly Line[]
  readonly from: number
}

type At = Pick<Moment, 'today' | 'kinds'>

/** Parts drawn and tabled; the others only count. */
const MOST_PARTS = 12
/** Parts that can be pressed. */
const MOST_BUTTONS = 6

const TEN_THOUSAND = 10_000

/** Height of the picture with so many bars. */
export const heightOf = ({ book, standing }: Pipeline, at: At): number =>
  190 +
  48 *
    ('path' in book
      ? Math.min(byPart(standing).length, MOST_PARTS)
      : byKind(standing, at.kinds).length)

/** Amounts in units of ten thousand yuan: a bar for each stage of one book, or for each part of several. */
export function pipelineChart(
  { book, standing }: Pipeline,
  at: At,
  language: Language,
): ChartOption {
  const say = speaker(language)
  const kinds = byKind(standing, at.kinds)
  const inTenThousands = (some: readonly Sum[]) => sumOf(some).amount / TEN_THOUSAND
  const frame = (rows: readonly string[]) => ({
    title: { text: say(`${book.name} · 在办金额（万）`, `${book.name} · under way (CNY 10,000)`) },
    grid: { left: 20, right: 70, top: 80, bottom: 70 },
    xAxis: { type: 'value' as const },
    yAxis: { type: 'category' as const, data: [...rows], inverse: true },
  })
  if (!('path' in book)) {
    return {
      ...frame(kinds.map(({ kind }) => outcomeLabel(at.kinds, kind, say))),
      series: [
        {
          type: 'bar',
          label: { show: true, position: 'right', fontSize: 18 },
          data: kinds.map((each) => inTenThousands([each])),
        },
      ],
    }
  }
  const parts = byPart(standing).slice(0, MOST_PARTS)
  return {
    ...frame(parts.map(({ name }) => name)),
    legend: {},
    series: kinds.map(({ kind }) => ({
      type: 'bar' as const,
      stack: 'kinds',
      name: outcomeLabel(at.kinds, kind, say),
      data: parts.map(({ part }) =>
        inTenThousands(standing.filter((each) => each.part === part && each.kind === kind)),
      ),
    })),
  }
}

/** The same in short, for a page on which other things stand; null where nothing is under way. */
export function pipelineInShort(
  standing: readonly Standing[],
  at: At,
  language: Language,
): Card | null {
  if (standing.length === 0) return null
  const label = speaker(language)('进度', 'Pipeline')
  const whole: Button = { label, intent: { command: 'pipeline', input: {} } }
  return {
    blocks: [
      { kind: 'text', text: headOf(standing, at, language) },
      kindsTable(standing, at, language),
      { kind: 'buttons', buttons: [whole] },
    ],
  }
}

function kindsTable(standing: readonly Standing[], at: At, language: Language): Block {
  const say = speaker(language)
  return {
    kind: 'table',
    columns: [say('到哪一步', 'Stage'), say('客户', 'Clients'), say('金额', 'Amount')],
    rows: byKind(standing, at.kinds).map((each) => [
      outcomeLabel(at.kinds, each.kind, say),
      `${each.clients}`,
      sumSaid(each, language),
    ]),
  }
}

/** What stands where with how much, when it is wanted, and who it is. `png`: the picture, base64; null: none. */
export function pipelineCard(
  pipeline: Pipeline,
  png: string | null,
  at: At,
  language: Language,
): Card {
  const say = speaker(language)
  const { book, standing, granted } = pipeline
  const parts = 'path' in book ? byPart(standing) : []
  const blocks: Block[] = [
    { kind: 'text', text: headOf(standing, at, language) },
    ...(png === null
      ? []
      : [{ kind: 'picture', png, alt: say('在办金额', 'amounts under way') } as const]),
    kindsTable(standing, at, language),
  ]
  if (parts.length > 0) {
    const grantable = parts.some((each) => each.grantable > 0)
    blocks.push({
      kind: 'table',
      columns: [
        '',
        say('客户', 'Clients'),
        say('金额', 'Amount'),
        ...(grantable ? [say('其中待放款', 'To be paid out')] : []),
      ],
      rows: parts
        .slice(0, MOST_PARTS)
        .map((each) => [
          each.name,
          `${each.clients}`,
          sumSaid(each, language),
          ...(grantable ? [sayYuan(each.grantable, language)] : []),
        ]),
    })
  }
  if (granted.claimed > 0 || granted.confirmed > 0) {
    blocks.push({ kind: 'text', text: grantedSaid(granted, language) })
  }
  const buttons = parts.slice(0, MOST_BUTTONS).map(
    ({ part, name }): Button => ({
      label: name,
      intent: { command: 'pipeline', input: { of: part } },
    }),
  )
  if (buttons.length > 0) blocks.push({ kind: 'buttons', buttons })
  return {
    title: say(`${book.name} · 进度`, `${book.name} · pipeline`),
    blocks: [...blocks, ...linesOf(pipeline, at, language)],
  }
}

/** The next clients alone. */
export const moreCard = (pipeline: Pipeline, at: At, language: Language): Card => ({
  title: speaker(language)(`${pipeline.book.name} · 进度`, `${pipeline.book.name} · pipeline`),
  blocks: linesOf(pipeline, at, language),
})

function headOf(standing: readonly Standing[], { today }: At, language: Language): string {
  const say = speaker(language)
  const all = sumOf(standing)
  const grantable = grantableOf(standing)
  const slipping = standing.reduce((sum, each) => sum + each.slipping, 0)
  const months = byMonth(standing, today).filter(({ known }) => known > 0)
  const wanted = months
    .map((each) => `${monthSaid(each.month, language)} ${sumSaid(each, language)}`)
    .join(say('，', ', '))
  return [
    [
      say(
        `在办 **${all.clients}** 位，**${sumSaid(all, language)}**`,
        `**${all.clients}** clients under way, **${sumSaid(all, language)}**`,
      ),
      grantable.clients > 0 &&
        say(
          `其中待放款 ${grantable.clients} 位，${sumSaid(grantable, language)}`,
          `to be paid out ${grantable.clients}, ${sumSaid(grantable, language)}`,
        ),
    ]
      .filter(Boolean)
      .join(say('；', '; ')) + say('。', '.'),
    ...(months.some(({ month }) => month !== null)
      ? [say(`客户要用款：${wanted}。`, `Wanted: ${wanted}.`)]
      : []),
    ...(slipping > 0
      ? [
          say(
            `${slipping} 位已 ${SLIPPING_DAYS} 天没联系。`,
            `${slipping} not reached for ${SLIPPING_DAYS} days.`,
          ),
        ]
      : []),
  ].join('\n')
}

/** An amount, and of how many nobody said one. */
function sumSaid({ clients, amount, known }: Sum, language: Language): string {
  const say = speaker(language)
  if (clients > 0 && known === 0) return say('没说金额', 'no amount said')
  const open = clients - known
  const left = open > 0 ? say(`（${open} 位没说金额）`, ` (${open} without an amount)`) : ''
  return `${sayYuan(amount, language)}${left}`
}

/** 12月, 2027年1月 as `2027-01`; of months gone by and of none by name. */
function monthSaid(month: string | null, language: Language): string {
  const say = speaker(language)
  if (month === null) return say('没说月份', 'not said')
  return month === '' ? say('已过', 'gone by') : say(`${month.replace('-', '年')}月`, month)
}

const grantedSaid = (
  { claimed, claimedAmount, confirmed, confirmedAmount }: Granted,
  language: Language,
): string =>
  speaker(language)(
    `本月放款：登记 ${claimed} 笔 ${sayYuan(claimedAmount, 'zh')}，核实 ${confirmed} 笔 ${sayYuan(confirmedAmount, 'zh')}。`,
    `Granted this month: ${claimed} as logged, ${sayYuan(claimedAmount, 'en')}; ${confirmed} confirmed, ${sayYuan(confirmedAmount, 'en')}.`,
  )

function linesOf({ book, standing, lines, from }: Pipeline, at: At, language: Language): Block[] {
  const say = speaker(language)
  if (lines.length === 0) return [{ kind: 'text', text: say('没有更多了。', 'No more.') }]
  const items = lines.map(
    (line): ListItem => ({
      text: lineSaid(line, 'path' in book, at, language, say),
      buttons: [
        {
          label: say('查看', 'View'),
          intent: { command: 'client', input: { clientId: line.clientId } },
        },
      ],
    }),
  )
  const next = from + PAGE
  const left = sumOf(standing).clients - next
  const more: Button = {
    label: say(`更多（还有 ${left}）`, `More (${left} left)`),
    intent: { command: 'pipeline', input: { of: book.code, from: next } },
  }
  return [
    { kind: 'list', items },
    ...(left > 0 ? [{ kind: 'buttons', buttons: [more] } as const] : []),
  ]
}

function lineSaid(line: Line, several: boolean, at: At, language: Language, say: Say): string {
  const { today, kinds } = at
  return [
    `**${line.name}**`,
    line.businessName,
    outcomeLabel(kinds, line.kind, say),
    line.amount !== null && sayYuan(line.amount, language),
    line.month && monthSaid(line.month, language),
    lastSaid(line.lastContactOn, today, say, language),
    several && line.owner,
  ]
    .filter(Boolean)
    .join(' · ')
}

function lastSaid(on: Day | null, today: Day, say: Say, language: Language): string {
  if (on === null) return say('没联系上过', 'never reached')
  return daysBetween(on, today) > SLIPPING_DAYS
    ? say(`${daysBetween(on, today)} 天没联系`, `quiet for ${daysBetween(on, today)} days`)
    : say(`${sayDay(on, today, 'zh')}联系`, `reached ${sayDay(on, today, language)}`)
}
