import type { Block, Card } from '../../../core/card.ts'
import { sayYuan } from '../../../core/money.ts'
import { counted, type Language, type Say, speaker } from '../../../core/text.ts'
import { type Span, spanLabel } from '../../quotas/span.ts'
import { tierLabel } from '../../tier-rules/rules.ts'
import {
  type MonthOfBook,
  netOf,
  type PartOfBook,
  shareOf,
  type Valuable,
  type Worth,
} from './rules.ts'

export interface Quality {
  readonly of: string
  readonly span: Span
  /** In their order; the last is that which is told in full. */
  readonly months: readonly MonthOfBook[]
  /** As it is today. */
  readonly parts: readonly PartOfBook[]
  readonly valuable: readonly Valuable[]
}

/** Units or managers in the table: those who bring most. */
const MOST_PARTS = 12

/** Quantity and quality month by month, and what the clients bring by tier, part and client. */
export function qualityCard(
  { of, span, months, parts, valuable }: Quality,
  language: Language,
): Card {
  const say = speaker(language)
  const last = months.at(-1)
  const tiers = parts.filter(({ tier }) => tier !== null)
  const below = parts.filter(({ tier }) => tier === null).slice(0, MOST_PARTS)
  const blocks: Block[] = []
  if (last) blocks.push({ kind: 'text', text: summary(last, language) })
  blocks.push({
    kind: 'table',
    columns: [
      say('月份', 'Month'),
      ...[say('存量', 'clients'), say('净增', 'net'), say('新增', 'won')],
      ...[say('赢回', 'won back'), say('结清', 'lapsed')],
      ...[say('A、B 占比', 'A and B'), say('资料齐全', 'complete files')],
      ...worthColumns(say),
    ],
    rows: months.map((month) => [
      month.month,
      ...[`${month.clients}`, signed(netOf(month)), `${month.gained}`],
      ...[`${month.regained}`, `${month.lapsed}`],
      ...[percent(month.best, month.clients), percent(month.complete, month.clients)],
      ...worthCells(month, language),
    ]),
  })
  if (tiers.length > 0) {
    blocks.push(
      worthTable(say('分层', 'Tier'), tiers, ({ tier }) => tierLabel(tier ?? '', language)),
    )
  }
  if (below.length > 1)
    blocks.push(worthTable(say('机构、经理', 'Part'), below, ({ name }) => name))
  if (valuable.length > 0) {
    blocks.push({
      kind: 'list',
      heading: say('带来最多的', 'Who brings most'),
      items: valuable.map((client) => ({ text: valuableLine(client, language) })),
    })
  }
  return {
    title: `${of} · ${say('客户质量', 'Quality of clients')} · ${spanLabel(span, language)}`,
    blocks,
  }

  function worthTable(
    heading: string,
    rows: readonly PartOfBook[],
    nameOf: (part: PartOfBook) => string,
  ): Block {
    return {
      kind: 'table',
      columns: [heading, say('存量', 'clients'), ...worthColumns(say)],
      rows: rows.map((part) => [nameOf(part), `${part.clients}`, ...worthCells(part, language)]),
    }
  }
}

function summary(month: MonthOfBook, language: Language): string {
  const say = speaker(language)
  const { clients, gained, regained, lapsed, best, complete, known } = month
  const worth = worthCells(month, language)
  return say(
    `存量 **${clients}** 位，${month.month} 净增 **${signed(netOf(month))}**（新增 ${gained}，赢回 ${regained}，结清 ${lapsed}）；A、B 占 ${percent(best, clients)}，资料齐全 ${percent(complete, clients)}。贷款余额 ${worth[0]}，存款 ${worth[1]}，年收益 ${worth[2]}（${known} 位有存款或收益的数）。`,
    `**${counted(clients, 'client')}**, net **${signed(netOf(month))}** in ${month.month} (${gained} won, ${regained} won back, ${lapsed} lapsed); A and B ${percent(best, clients)}, complete files ${percent(complete, clients)}. Balance ${worth[0]}, deposits ${worth[1]}, yearly income ${worth[2]} (deposits or income known of ${known}).`,
  )
}

const worthColumns = (say: Say): string[] => [
  say('余额', 'balance'),
  say('存款', 'deposits'),
  say('年收益', 'income'),
]

/** Deposits and income of whom nobody told them are not 0. */
const worthCells = ({ balance, deposits, income, known }: Worth, language: Language): string[] => [
  saySum(balance, language),
  known > 0 ? saySum(deposits, language) : '–',
  known > 0 ? saySum(income, language) : '–',
]

const TEN_THOUSAND = 10_000

/** Large sums in whole 万: the rest tells nothing in a table. */
function saySum(yuan: number, language: Language): string {
  const step = yuan >= 100 * TEN_THOUSAND ? TEN_THOUSAND : 1
  return sayYuan(Math.round(yuan / step) * step, language)
}

function valuableLine(client: Valuable, language: Language): string {
  const say = speaker(language)
  const { name, businessName, balance, deposits, income } = client
  const yuan = (value: number) => sayYuan(Math.round(value), language)
  return [
    `**${name}**`,
    businessName,
    income !== null && say(`年收益 ${yuan(income)}`, `income ${yuan(income)}`),
    deposits !== null && say(`存款 ${yuan(deposits)}`, `deposits ${yuan(deposits)}`),
    balance !== null && say(`余额 ${yuan(balance)}`, `balance ${yuan(balance)}`),
  ]
    .filter(Boolean)
    .join(' · ')
}

const signed = (count: number): string => (count > 0 ? `+${count}` : `${count}`)

function percent(part: number, all: number): string {
  const share = shareOf(part, all)
  return share === null ? '–' : `${share}%`
}
