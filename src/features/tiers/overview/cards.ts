import type { Block, Card } from '../../../core/card.ts'
import { type Language, type Say, speaker } from '../../../core/text.ts'
import type { ChartOption } from '../../../infra/pictures/chart.ts'
import { tierLabel } from '../../tier-rules/rules.ts'
import { type MoveCount, type Part, partsOf, type TierCount, tiersIn } from './rules.ts'

export interface Overview {
  readonly unit: string
  readonly counts: readonly TierCount[]
  readonly moves: readonly MoveCount[]
  readonly waiting: number
  /** Clients whose tier hangs on facts that are too old. */
  readonly old: number
  /** Units right below, that one can look into. */
  readonly below: readonly { readonly code: string; readonly name: string }[]
}

/** Parts in one picture and one table; the rest is one line. */
const MOST_PARTS = 12

/** Largest first, what does not fit as one part of its own. */
function shownParts(counts: readonly TierCount[], say: Say): Part[] {
  const parts = partsOf(counts)
  if (parts.length <= MOST_PARTS) return parts
  const rest = parts.slice(MOST_PARTS - 1)
  const byTier = new Map<string, number>()
  for (const part of rest) {
    for (const [tier, count] of part.byTier) byTier.set(tier, (byTier.get(tier) ?? 0) + count)
  }
  const total = rest.reduce((sum, part) => sum + part.total, 0)
  const name = say(`其余 ${rest.length} 个`, `${rest.length} others`)
  return [...parts.slice(0, MOST_PARTS - 1), { part: '', name, total, byTier }]
}

/** The same in both pictures, whichever tiers are there; one that the bank added is grey. */
const COLOURS: Readonly<Record<string, string>> = {
  A: '#0072b2',
  B: '#e69f00',
  C: '#009e73',
  D: '#cc79a7',
  E: '#56b4e9',
  F: '#d55e00',
  unclassified: '#f0e442',
}
const colourOf = (tier: string) => ({ color: COLOURS[tier] ?? '#8a94a3' })

/** Clients by tier, a bar for each part. */
export function tiersChart({ unit, counts }: Overview, language: Language): ChartOption {
  const say = speaker(language)
  const parts = shownParts(counts, say).toReversed()
  return {
    title: { text: say(`${unit} · 客户分层`, `${unit} · clients by tier`) },
    legend: {},
    grid: { left: 20, right: 40, top: 80, bottom: 70 },
    xAxis: { type: 'value' },
    yAxis: { type: 'category', data: parts.map(({ name }) => name) },
    series: tiersIn(counts).map((tier) => ({
      type: 'bar' as const,
      stack: 'tiers',
      name: tierLabel(tier, language),
      itemStyle: colourOf(tier),
      data: parts.map(({ byTier }) => byTier.get(tier) ?? 0),
    })),
  }
}

/** The month's moves, from the tier before to the tier after. */
export function movesChart({ unit, moves }: Overview, language: Language): ChartOption {
  const say = speaker(language)
  // A tier stands on both sides, so the right one is told apart by a blank that nobody sees.
  const left = tiersIn(moves.map(({ from }) => ({ tier: from })))
  const right = tiersIn(moves.map(({ to }) => ({ tier: to })))
  const node = (name: string, tier: string, depth: number) => {
    return { name, depth, itemStyle: colourOf(tier) }
  }
  return {
    title: { text: say(`${unit} · 本月变动`, `${unit} · moves this month`) },
    series: {
      type: 'sankey',
      left: 30,
      right: 170,
      top: 80,
      bottom: 30,
      // In the order of the tiers, and far enough apart for the names of the smallest.
      layoutIterations: 0,
      nodeGap: 24,
      label: { fontSize: 20, formatter: ({ name, value }) => `${name.trim()} ${value}` },
      lineStyle: { color: 'source', opacity: 0.4 },
      data: [
        ...left.map((tier) => node(tierLabel(tier, language), tier, 0)),
        ...right.map((tier) => node(`${tierLabel(tier, language)} `, tier, 1)),
      ],
      links: moves.map(({ from, to, count }) => ({
        source: tierLabel(from, language),
        target: `${tierLabel(to, language)} `,
        value: count,
      })),
    },
  }
}

/** "A"; what is no letter by its name. */
const shortLabel = (tier: string, language: Language): string =>
  tier.length === 1 ? tier : tierLabel(tier, language)

/** Pictures of tiers and moves with the numbers underneath. */
export function overviewCard(
  overview: Overview,
  pictures: { readonly tiers: Buffer; readonly moves: Buffer | null },
  language: Language,
): Card {
  const say = speaker(language)
  const { unit, counts, moves, waiting, old, below } = overview
  const tiers = tiersIn(counts)
  const parts = shownParts(counts, say)
  const total = parts.reduce((sum, part) => sum + part.total, 0)
  const sumOf = (tier: string) =>
    parts.reduce((sum, { byTier }) => sum + (byTier.get(tier) ?? 0), 0)
  const moved = moves.reduce((sum, { count }) => sum + count, 0)
  const head = say(
    `存量客户 **${total}** 位；本月变动 ${moved} 次，待批 ${waiting} 件。`,
    `**${total}** existing clients; ${moved} moves this month, ${waiting} waiting for approval.`,
  )
  const aged = say(
    `${old} 位的资料过期，分层暂按原来的，已请客户经理更新。`,
    `The tiers of ${old} hang on facts that are too old; their managers are asked to renew them.`,
  )
  const blocks: Block[] = [
    { kind: 'text', text: old > 0 ? `${head}\n${aged}` : head },
    { kind: 'picture', png: pictures.tiers.toString('base64'), alt: say('客户分层', 'tiers') },
    {
      kind: 'table',
      columns: ['', ...tiers.map((tier) => shortLabel(tier, language)), say('合计', 'total')],
      rows: [
        ...parts.map(({ name, byTier, total: own }) => [
          name,
          ...tiers.map((tier) => `${byTier.get(tier) ?? 0}`),
          `${own}`,
        ]),
        [say('合计', 'total'), ...tiers.map((tier) => `${sumOf(tier)}`), `${total}`],
      ],
    },
  ]
  if (pictures.moves) {
    const png = pictures.moves.toString('base64')
    blocks.push({ kind: 'picture', png, alt: say('本月变动', 'moves this month') })
    blocks.push({
      kind: 'table',
      columns: [say('从', 'from'), say('到', 'to'), say('客户', 'clients')],
      rows: moves.map(({ from, to, count }) => [
        tierLabel(from, language),
        tierLabel(to, language),
        `${count}`,
      ]),
    })
  }
  if (below.length > 0) {
    const buttons = below.map(({ code, name }) => {
      return { label: name, intent: { command: 'tier-overview', input: { unit: code } } }
    })
    blocks.push({ kind: 'buttons', buttons })
  }
  return { title: say(`${unit} · 分层概览`, `${unit} · tiers`), blocks }
}
