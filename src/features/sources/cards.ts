import type { Block, Card } from '../../core/card.ts'
import { sayYuan } from '../../core/money.ts'
import { type Language, type Say, speaker } from '../../core/text.ts'
import type { ChartOption } from '../../infra/pictures/chart.ts'
import type { SheetToWrite } from '../../infra/sheets/spreadsheet.ts'
import { sourceLabel } from '../clients/labels.ts'
import { CLIENT_SOURCES } from '../clients/rules.ts'
import { type Span, spanLabel } from '../quotas/span.ts'
import {
  type By,
  daysToLoan,
  type Funnel,
  type Group,
  groupsOf,
  type Manager,
  type SourceRow,
  STEPS,
  sumOf,
} from './rules.ts'

export interface Sources {
  readonly of: string
  readonly code: string
  readonly span: Span
  readonly by: By
  readonly rows: readonly SourceRow[]
  /** For the workbook: who found nobody. */
  readonly nobody: readonly Manager[]
}

/** Groups drawn and tabled: those with most clients. */
const MOST_GROUPS = 12

const shownIn = ({ rows, by }: Sources): Group[] => groupsOf(rows, by).slice(0, MOST_GROUPS)

const stepLabel = (step: (typeof STEPS)[number], say: Say): string =>
  ({
    found: say('新增', 'found'),
    contacted: say('联系上', 'contacted'),
    interested: say('有意向', 'interested'),
    applied: say('申请', 'applied'),
    confirmed: say('核实放款', 'confirmed'),
  })[step]

const byLabel = (by: By, say: Say): string =>
  ({
    source: say('来源', 'sources'),
    cluster: say('集群', 'clusters'),
    introducer: say('推荐人', 'introducers'),
  })[by]

const keyLabel = (key: string, by: By, language: Language): string => {
  const source = CLIENT_SOURCES.find((each) => each === key)
  return by === 'source' && source ? sourceLabel(source, language) : key
}

const titleOf = ({ of, span, by }: Sources, language: Language): string => {
  const say = speaker(language)
  return `${of} · ${byLabel(by, say)} · ${spanLabel(span, language)}`
}

export const heightOf = (sources: Sources): number => 190 + 90 * shownIn(sources).length

/** How many clients of each group came how far: a group of bars for each. */
export function sourcesChart(sources: Sources, language: Language): ChartOption {
  const say = speaker(language)
  const groups = shownIn(sources)
  return {
    title: { text: titleOf(sources, language) },
    legend: {},
    grid: { left: 20, right: 70, top: 80, bottom: 70 },
    xAxis: { type: 'value', minInterval: 1 },
    yAxis: {
      type: 'category',
      data: groups.map(({ key }) => keyLabel(key, sources.by, language)),
      inverse: true,
    },
    series: STEPS.map((step) => ({
      type: 'bar' as const,
      name: stepLabel(step, say),
      label: { show: true, position: 'right', fontSize: 14 },
      data: groups.map((group) => group[step]),
    })),
  }
}

/** The funnel of each group, and the clients found month by month. `png`: the picture, base64. */
export function sourcesCard(sources: Sources, png: string, language: Language): Card {
  const say = speaker(language)
  const { rows, by, code, span } = sources
  const groups = shownIn(sources)
  const all = sumOf(rows)
  const line = (name: string, funnel: Funnel): string[] => {
    const days = daysToLoan(funnel)
    return [
      name,
      ...STEPS.map((step) => `${funnel[step]}`),
      funnel.amount > 0 ? sayYuan(funnel.amount, language) : '–',
      days === null ? '–' : say(`${days} 天`, `${days} d`),
    ]
  }
  const months = [...Map.groupBy(rows, ({ month }) => month)].sort(([a], [b]) => a.localeCompare(b))
  const blocks: Block[] = [
    {
      kind: 'text',
      text: say(
        `新增客户 **${all.found}** 位，联系上 ${all.contacted}，有意向 ${all.interested}，申请 ${all.applied}，核实放款 ${all.confirmed} 位 ${sayYuan(all.amount, 'zh')}。`,
        `**${all.found}** clients found, ${all.contacted} contacted, ${all.interested} interested, ${all.applied} applied, ${all.confirmed} with a confirmed loan, ${sayYuan(all.amount, 'en')}.`,
      ),
    },
    { kind: 'picture', png, alt: titleOf(sources, language) },
    {
      kind: 'table',
      columns: [
        '',
        ...STEPS.map((step) => stepLabel(step, say)),
        say('金额', 'amount'),
        say('到放款', 'to the loan'),
      ],
      rows: groups.map((group) => line(keyLabel(group.key, by, language), group)),
    },
  ]
  if (months.length > 1) {
    blocks.push({
      kind: 'table',
      columns: [say('新增', 'Found'), ...months.map(([month]) => month)],
      rows: groups.map(({ key, of }) => [
        keyLabel(key, by, language),
        ...months.map(([month]) => `${sumOf(of.filter((each) => each.month === month)).found}`),
      ]),
    })
  }
  const ask = (label: string, more: object) => ({
    label,
    intent: { command: 'sources', input: { by, span, of: code, ...more } },
  })
  blocks.push({
    kind: 'buttons',
    buttons: [
      ...(['source', 'cluster', 'introducer'] as const)
        .filter((each) => each !== by)
        .map((each) =>
          ask(say(`按${byLabel(each, say)}`, `By ${byLabel(each, say)}`), { by: each }),
        ),
      ask(say('表格', 'Workbook'), { book: true }),
    ],
  })
  return { title: titleOf(sources, language), blocks }
}

/** Everything as a sheet: a row for each month, manager and source with what is known of it. */
export function sourcesSheet(sources: Sources, language: Language): SheetToWrite {
  const say = speaker(language)
  const words = (title: string) => ({ title, width: 16, holds: 'text' as const })
  const count = (title: string) => ({ title, width: 10, holds: 'amount' as const })
  return {
    name: say('来源', 'Sources'),
    columns: [
      ...[say('月份', 'Month'), say('机构', 'Unit')].map(words),
      ...[say('客户经理', 'Manager'), say('工号', 'Code')].map(words),
      ...[say('来源', 'Source'), say('来源说明', 'Detail')].map(words),
      ...[say('集群', 'Cluster'), say('推荐人', 'Introducer')].map(words),
      ...STEPS.map((step) => count(stepLabel(step, say))),
      ...[say('金额（元）', 'Amount (CNY)'), say('到放款天数', 'Days to the loan')].map(count),
    ],
    rows: [
      ...sources.rows.map((row) => [
        ...[row.month, row.unit, row.manager, row.code, sourceLabel(row.source, language)],
        ...[row.detail, row.cluster, row.introducer],
        ...STEPS.map((step) => row[step]),
        ...[row.amount, daysToLoan(row)],
      ]),
      ...sources.nobody.map(({ unit, manager, code }) => [
        ...[null, unit, manager, code, null, null, null, null],
        ...[...STEPS.map(() => 0), 0, null],
      ]),
    ],
  }
}
