import type { Block, Button, Card, Field } from '../../../core/card.ts'
import type { Catalogue } from '../../../core/catalogue.ts'
import { few, type Language, type Say, speaker } from '../../../core/text.ts'
import type { ChartOption } from '../../../infra/pictures/chart.ts'
import { productLabel } from '../../catalogue/rules.ts'
import type { Campaign } from '../rules.ts'
import { trialBlock } from '../trial/cards.ts'
import type { Trial } from '../trial/rules.ts'
import { dimensionLabel, partLabel, stepLabel } from './labels.ts'
import {
  type Counts,
  DIMENSIONS,
  type Dimension,
  type Line,
  type LinkCounts,
  percent,
  STEPS,
} from './rules.ts'

/** What came of a campaign, within what the reader may see. */
export interface Figures {
  readonly campaign: Campaign
  readonly totals: Counts
  readonly needs: readonly { readonly product: string; readonly count: number }[]
  readonly links: LinkCounts
  /** Null: nobody was held out, or the reader sees only their own figures. */
  readonly trial: Trial | null
  /** Null: the funnel alone. */
  readonly by: Dimension | null
  readonly lines: readonly Line[]
  /** Who of the audience has approached nobody yet; empty where it does not run or the reader sees only their own. */
  readonly idle: readonly string[]
  /** Whether the reader may remind them. */
  readonly mayRemind: boolean
  /** The reader sees only their own figures, and no breakdown. */
  readonly own: boolean
}

/** The funnel, from everybody approached to those who got a loan. */
export function funnelOption(name: string, totals: Counts, say: Say): ChartOption {
  return {
    title: { text: name },
    series: [
      {
        type: 'funnel',
        sort: 'none',
        left: 150,
        right: 150,
        top: 80,
        bottom: 30,
        minSize: '6%',
        gap: 4,
        max: Math.max(1, totals.reached),
        label: { position: 'left', fontSize: 22, color: '#1b2430', formatter: '{b} {c}' },
        labelLine: { show: false },
        data: STEPS.map((step) => ({ name: stepLabel(step, say), value: totals[step] })),
      },
    ],
  }
}

/** Bars of those with the most interested clients, or a line over the days. */
export function linesOption(
  name: string,
  by: Dimension,
  lines: readonly Line[],
  say: Say,
): ChartOption {
  const title = { text: `${name} · ${dimensionLabel(by, say)}` }
  const series = (['reached', 'interested'] as const).map((step) => ({
    name: stepLabel(step, say),
    data: lines.map((line) => line[step]),
  }))
  if (by === 'day') {
    return {
      title,
      legend: {},
      xAxis: {
        type: 'category',
        data: lines.map(({ label }) => label.slice(5).replace('-', '/')),
        boundaryGap: false,
      },
      yAxis: { type: 'value', minInterval: 1 },
      grid: { left: 70, right: 40, top: 80, bottom: 90 },
      series: series.map((each) => ({
        ...each,
        type: 'line',
        symbolSize: 10,
        lineStyle: { width: 4 },
      })),
    }
  }
  return {
    title,
    legend: {},
    xAxis: { type: 'value', minInterval: 1 },
    yAxis: { type: 'category', inverse: true, data: lines.map(({ label }) => named(label, say)) },
    grid: { left: 150, right: 60, top: 80, bottom: 90 },
    series: series.map((each) => ({
      ...each,
      type: 'bar',
      label: { show: true, position: 'right', fontSize: 16 },
    })),
  }
}

export const named = (label: string, say: Say): string => label || say('未登记', 'not recorded')

/** The picture with its numbers underneath. */
export function figuresCard(
  figures: Figures,
  png: string,
  catalogue: Catalogue,
  language: Language,
): Card {
  const { campaign, totals, needs, links, trial, by, lines, own, idle, mayRemind } = figures
  const say = speaker(language)
  const blocks: Block[] = [{ kind: 'picture', png, alt: altOf(figures, say) }]
  if (idle.length > 0 && (by === null || by === 'manager')) {
    blocks.unshift({
      kind: 'text',
      text: say(
        `**${idle.length} 人还没动**：${few(idle, 'zh')}。`,
        `**${idle.length} have approached nobody**: ${few(idle, 'en')}.`,
      ),
    })
  }
  if (by) {
    blocks.push({
      kind: 'table',
      columns: [partLabel(by, say), ...STEPS.map((step) => stepLabel(step, say))],
      rows: lines.map((line) => [
        by === 'day' ? line.label.slice(5) : named(line.label, say),
        ...STEPS.map((step) => String(line[step])),
      ]),
    })
  } else {
    blocks.push({ kind: 'fields', fields: totalFields(campaign, totals, say) })
    if (needs.length > 0) {
      const found = needs.map(
        ({ product, count }) => `${productLabel(catalogue, product, language)} ${count}`,
      )
      blocks.push({
        kind: 'text',
        text: say(`发现的需求：${found.join('、')}。`, `Needs found: ${found.join(', ')}.`),
      })
    }
  }
  if (!by && trial) blocks.push(trialBlock(trial, say))
  if (!by && links.links > 0) {
    blocks.push({
      kind: 'text',
      text: say(
        `活动的转介码 ${links.links} 个：打开 **${links.opened}** 人次，留下联系方式 **${links.left}** 位。`,
        `Its ${links.links} referral links: opened **${links.opened}** times, details left **${links.left}** times.`,
      ),
    })
  }
  const input = { campaignId: campaign.id }
  const more: Button[] = own
    ? []
    : DIMENSIONS.filter((dimension) => dimension !== by).map((dimension) => ({
        label: dimensionLabel(dimension, say),
        intent: { command: 'campaign-figures', input: { ...input, by: dimension } },
      }))
  if (idle.length > 0 && mayRemind) {
    more.unshift({
      label: say(`提醒没动的 ${idle.length} 人`, `Remind these ${idle.length}`),
      style: 'primary',
      intent: { command: 'remind-campaign', input },
    })
  }
  if (!own) {
    const intent = { command: 'campaign-workbook', input }
    more.push({ label: say('表格', 'Workbook'), intent })
  }
  if (more.length > 0) blocks.push({ kind: 'buttons', buttons: more })
  return { title: say(`${campaign.name} 的数据`, `Figures of ${campaign.name}`), blocks }
}

const altOf = ({ campaign, totals }: Figures, say: Say): string =>
  `${campaign.name}: ${STEPS.map((step) => `${stepLabel(step, say)} ${totals[step]}`).join(say('，', ', '))}`

/** Each step with its share of those approached, and of its target where it has one. */
export function totalFields(campaign: Campaign, totals: Counts, say: Say): Field[] {
  return STEPS.map((step) => {
    const share = step === 'reached' ? null : percent(totals[step], totals.reached)
    const target = step === 'responded' ? null : campaign.targets[step]
    const value = [
      `${totals[step]}`,
      share !== null && `${share}%`,
      target &&
        say(
          `目标 ${target}，完成 ${percent(totals[step], target)}%`,
          `target ${target}, ${percent(totals[step], target)} % done`,
        ),
    ]
    return { label: stepLabel(step, say), value: value.filter(Boolean).join(' · ') }
  })
}
