import type { Block, Card } from '../../../core/card.ts'
import { sayYuan } from '../../../core/money.ts'
import { type Language, speaker } from '../../../core/text.ts'
import type { ChartOption } from '../../../infra/pictures/chart.ts'
import { tierLabel } from '../../tier-rules/rules.ts'
import type { Standard } from '../../tier-rules/standard.ts'
import type { DryRun } from '../batch/dry-run.ts'
import { titleOf } from './cards.ts'

/** Tiers in the order people think of them: the ladder from the top, the others, then the rest. */
function axis(standard: Standard, used: ReadonlySet<string>): string[] {
  const { ladder, tiers, otherwise } = standard
  const all = [
    ...ladder.toReversed(),
    ...tiers.map(({ tier }) => tier).toReversed(),
    otherwise.none,
    otherwise.open,
  ]
  return [...new Set(all)].filter((tier) => used.has(tier))
}

/** The matrix as a picture: from the left to the top; who stays is grey, who moves coloured. */
export function matrixChart(
  { matrix }: Pick<DryRun, 'matrix'>,
  inForce: Standard,
  draft: Standard,
  language: Language,
): ChartOption {
  const say = speaker(language)
  const from = axis(inForce, new Set(matrix.map((cell) => cell.from)))
  const to = axis(draft, new Set(matrix.map((cell) => cell.to)))
  const moves = matrix.filter((cell) => cell.from !== cell.to).map(({ count }) => count)
  const data = matrix.map((cell) => ({
    value: [to.indexOf(cell.to), from.indexOf(cell.from), cell.count],
    ...(cell.from === cell.to && { itemStyle: { color: '#eef0f3' }, visualMap: false }),
  }))
  const names = (tiers: readonly string[]) => tiers.map((tier) => tierLabel(tier, language))
  return {
    title: { text: say('试算：从左边的层到上边的层', 'Dry run: from tier (left) to tier (top)') },
    grid: { left: 20, right: 30, top: 90, bottom: 20 },
    xAxis: { type: 'category', data: names(to), position: 'top', axisLine: { show: false } },
    yAxis: { type: 'category', data: names(from), inverse: true, axisLine: { show: false } },
    visualMap: {
      show: false,
      min: 0,
      max: Math.max(1, ...moves),
      inRange: { color: ['#fbe3c8', '#d55e00'] },
    },
    series: [
      {
        type: 'heatmap',
        data,
        label: { show: true, fontSize: 18, color: '#1b2430' },
        itemStyle: { borderColor: '#ffffff', borderWidth: 2 },
      },
    ],
  }
}

/** Moves that a list names before the rest is counted. */
const SHOWN = 8

/** What the draft would do: how many move where, who is large, whose clients they are. */
export function dryRunCard(
  run: DryRun,
  draft: Standard,
  png: string,
  { against, next }: { readonly against: string; readonly next: string },
  language: Language,
): Card {
  const say = speaker(language)
  const { looked, moved, waits, largest, managers, busiest } = run
  const tier = (name: string) => tierLabel(name, language)
  const count = (n: number) => n.toLocaleString('en-US')
  const moves = run.matrix.filter(({ from, to }) => from !== to).sort((a, b) => b.count - a.count)
  const waiting = [
    waits.marketing > 0 &&
      say(`营销部门审批 ${count(waits.marketing)} 位`, `marketing ${count(waits.marketing)}`),
    waits.risk > 0 && say(`风险部门审批 ${count(waits.risk)} 位`, `risk ${count(waits.risk)}`),
  ].filter(Boolean)
  const approvals = waiting.join(say('、', ', '))
  const text = [
    `${against}${say('：', ': ')}`,
    moved === 0
      ? say(`${count(looked)} 位客户都不变动。`, `None of ${count(looked)} clients would move.`)
      : say(
          `${count(looked)} 位客户中 **${count(moved)} 位**变动，涉及 ${managers} 位客户经理。`,
          `**${count(moved)}** of ${count(looked)} clients would move, of ${managers} client managers.`,
        ),
    approvals && say(`其中要${approvals}。`, `Of these wait for approval: ${approvals}.`),
  ]
    .filter(Boolean)
    .join('')
  const lists: Block[] = [
    {
      kind: 'list',
      heading: say('变动', 'Moves'),
      items: moves
        .slice(0, SHOWN)
        .map((each) => ({ text: `${tier(each.from)} → ${tier(each.to)}  ${count(each.count)}` })),
    },
    {
      kind: 'list',
      heading: say('授信最大的', 'Largest limits'),
      items: largest.map(({ name, businessName, manager, from, to, creditLimit }) => ({
        text: [
          [name, businessName].filter(Boolean).join(' · '),
          `${tier(from)} → ${tier(to)}`,
          creditLimit === null ? null : sayYuan(creditLimit, language),
          manager,
        ]
          .filter(Boolean)
          .join('，'),
      })),
    },
    {
      kind: 'list',
      heading: say('涉及的客户经理', 'Client managers concerned'),
      items: busiest.map(({ name, unit, count: n }) => ({
        text: `${name} · ${unit}  ${count(n)}`,
      })),
    },
  ]
  return {
    title: `${titleOf(draft.kind, draft.version, say)} · ${say('试算', 'dry run')}`,
    blocks: [
      { kind: 'text', text },
      {
        kind: 'picture',
        png,
        alt: say('从哪一层到哪一层的人数', 'How many move from tier to tier'),
      },
      ...(moved > 0 ? lists : []),
      {
        kind: 'text',
        text: `${say('没有写入任何变动。', 'Nothing was written. ')}${next}`,
      },
    ],
  }
}
