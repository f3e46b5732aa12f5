import { type Block, type Card, textCard } from '../../core/card.ts'
import type { Catalogue } from '../../core/catalogue.ts'
import { type Language, speaker } from '../../core/text.ts'
import type { ChartOption } from '../../infra/pictures/chart.ts'
import { productLabel } from '../catalogue/rules.ts'
import type { Book } from '../pipeline/store.ts'
import { byPart, type Covered, type Gap, type KeyProduct, PAGE, shareOf, sumOf } from './rules.ts'

/** By tier, the products and what is said for each. */
export function keyProductsCard(
  keys: readonly KeyProduct[],
  catalogue: Catalogue,
  language: Language,
): Card {
  const say = speaker(language)
  if (keys.length === 0) {
    return textCard(
      say(
        '还没有指定重点产品。营销部门说"重点产品 A 结算卡、代发工资"即可。',
        'No key products are named yet; marketing says "key products A settlement card, payroll".',
      ),
    )
  }
  return {
    title: say('重点产品', 'Key products'),
    blocks: [...Map.groupBy(keys, ({ tier }) => tier)].map(([tier, of]) => ({
      kind: 'list',
      heading: say(`${tier} 类客户`, `Clients in ${tier}`),
      items: of.map(({ product, talk }) => {
        const label = productLabel(catalogue, product, language)
        return { text: talk ? `**${label}** · ${talk}` : `**${label}**` }
      }),
    })),
  }
}

export interface Coverage {
  readonly book: Book
  readonly covered: readonly Covered[]
  /** Those of the first page, or of the ones after it. */
  readonly gaps: readonly Gap[]
  readonly from: number
}

/** Parts drawn and tabled: the least covered. */
const MOST_PARTS = 12
const MOST_BUTTONS = 6

const productsIn = ({ covered }: Coverage): string[] => [
  ...new Set(covered.map(({ product }) => product)),
]

export const heightOf = (coverage: Coverage): number =>
  190 +
  20 *
    productsIn(coverage).length *
    Math.max(2, Math.min(byPart(coverage.covered).length, MOST_PARTS))

/** The share of clients who hold a product, in per cent: a group of bars for each part. */
export function coverageChart(
  coverage: Coverage,
  catalogue: Catalogue,
  language: Language,
): ChartOption {
  const { book, covered } = coverage
  const parts = byPart(covered).slice(0, MOST_PARTS)
  return {
    title: {
      text: speaker(language)(`${book.name} · 产品覆盖（%）`, `${book.name} · coverage (%)`),
    },
    legend: {},
    grid: { left: 20, right: 70, top: 80, bottom: 70 },
    xAxis: { type: 'value', max: 100 },
    yAxis: { type: 'category', data: parts.map(({ name }) => name), inverse: true },
    series: productsIn(coverage).map((product) => ({
      type: 'bar' as const,
      name: productLabel(catalogue, product, language),
      label: { show: true, position: 'right', fontSize: 14 },
      data: parts.map(({ of }) => shareOf(sumOf(of.filter((each) => each.product === product)))),
    })),
  }
}

/** How far a book is covered, in parts, and who lacks what. `png`: the picture, base64. */
export function coverageCard(
  coverage: Coverage,
  png: string,
  catalogue: Catalogue,
  language: Language,
): Card {
  const say = speaker(language)
  const { book, covered } = coverage
  const all = sumOf(covered)
  const products = productsIn(coverage)
  const parts = byPart(covered).slice(0, MOST_PARTS)
  const cell = (some: readonly Covered[]) => {
    const { clients, held } = sumOf(some)
    return clients === 0 ? '–' : `${held}/${clients}`
  }
  const row = (name: string, of: readonly Covered[]) => [
    name,
    ...products.map((product) => cell(of.filter((each) => each.product === product))),
    `${shareOf(sumOf(of))}%`,
  ]
  const blocks: Block[] = [
    {
      kind: 'text',
      text: say(
        `重点产品覆盖率 **${shareOf(all)}%**，缺口 ${all.clients - all.held} 个。`,
        `**${shareOf(all)}%** covered, ${all.clients - all.held} gaps.`,
      ),
    },
    { kind: 'picture', png, alt: say('产品覆盖', 'coverage') },
    {
      kind: 'table',
      columns: [
        '',
        ...products.map((product) => productLabel(catalogue, product, language)),
        say('覆盖率', 'covered'),
      ],
      rows: [
        ...parts.map(({ name, of }) => row(name, of)),
        ...(parts.length > 1 ? [row(say('合计', 'total'), covered)] : []),
      ],
    },
  ]
  if ('path' in book) {
    blocks.push({
      kind: 'buttons',
      buttons: parts.slice(0, MOST_BUTTONS).map(({ part, name }) => ({
        label: name,
        intent: { command: 'coverage', input: { of: part } },
      })),
    })
  }
  return {
    title: say(`${book.name} · 产品覆盖`, `${book.name} · key products covered`),
    blocks: [...blocks, ...gapBlocks(coverage, catalogue, language)],
  }
}

/** The next clients alone. */
export const moreGapsCard = (
  coverage: Coverage,
  catalogue: Catalogue,
  language: Language,
): Card => ({
  title: speaker(language)(`${coverage.book.name} · 产品缺口`, `${coverage.book.name} · gaps`),
  blocks: gapBlocks(coverage, catalogue, language),
})

function gapBlocks(
  { book, gaps, from }: Coverage,
  catalogue: Catalogue,
  language: Language,
): Block[] {
  const say = speaker(language)
  if (gaps.length === 0) return [{ kind: 'text', text: say('没有缺口了。', 'No more gaps.') }]
  const missing = (of: Gap) =>
    of.missing.map((product) => productLabel(catalogue, product, language)).join(say('、', ', '))
  const list: Block = {
    kind: 'list',
    heading: say('缺口', 'Gaps'),
    items: gaps.map((gap) => ({
      text: `**${gap.client}**${gap.business ? ` · ${gap.business}` : ''} · ${gap.tier} — ${say('缺 ', 'lacks ')}${missing(gap)}`,
    })),
  }
  const more: Block = {
    kind: 'buttons',
    buttons: [
      {
        label: say('再看', 'More'),
        intent: { command: 'coverage', input: { of: book.code, from: from + PAGE } },
      },
    ],
  }
  return gaps.length < PAGE ? [list] : [list, more]
}
