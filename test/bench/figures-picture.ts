import { readFileSync, writeFileSync } from 'node:fs'
import { type ChartOption, chartPng } from '../../src/infra/pictures/chart.ts'

const FILE = 'docs/figures.png'
const WIDTH = 1200
const HEAD_AND_FOOT = 190
const LINE = 44
/** What is further over its limit is drawn at the edge. */
const EDGE = 1.25
/** A figure that takes no more of its limit has enough to spare on a slower day. */
const TO_SPARE = 0.85

/** A figure as a part of its limit: 1 is at the limit. */
interface Share {
  readonly bench: string
  readonly share: number
}

/** Draws of every figure in docs/figures.md how much of its limit it takes, but for those of `--quick`. */
export async function drawFigures(): Promise<void> {
  const shares = sharesIn(readFileSync('docs/figures.md', 'utf8'))
  const lines = new Set(shares.map(({ bench }) => bench)).size
  const size = { width: WIDTH, height: HEAD_AND_FOOT + lines * LINE }
  writeFileSync(FILE, await chartPng(optionOf(shares), size))
}

/** What may not happen at all has no share: it did, or did not. */
export function sharesIn(text: string): Share[] {
  return text.split(/^## /m).flatMap((section) => {
    const [bench = '', ...lines] = section.split('\n')
    if (/\s/.test(bench)) return []
    return lines.flatMap((line) => {
      const [ratio, limit] = line
        .split(/(?<!\\)\|/)
        .slice(-4, -2)
        .map(Number)
      return ratio !== undefined && limit && Number.isFinite(ratio)
        ? [{ bench, share: ratio / limit }]
        : []
    })
  })
}

function optionOf(shares: readonly Share[]): ChartOption {
  const benches = [...new Set(shares.map(({ bench }) => bench))]
  const points = (name: string, color: string, above: number, upTo: number) => ({
    ...{ type: 'line' as const, name, color, symbol: 'circle', symbolSize: 14 },
    lineStyle: { width: 0 },
    data: shares
      .filter(({ share }) => share > above && share <= upTo)
      .map(({ bench, share }) => [Math.min(share, EDGE), bench]),
  })
  const ends = {
    silent: true,
    symbol: 'none',
    label: { formatter: '{b}', position: 'start' as const },
  }
  return {
    title: { text: 'Figures as parts of their limits' },
    legend: { itemGap: 30 },
    grid: { left: 130, right: 50, top: 110, bottom: 80 },
    xAxis: { type: 'value', min: 0, max: EDGE, interval: 0.25 },
    yAxis: { type: 'category', data: benches, inverse: true },
    series: [
      points('with 15 % to spare', '#0072b2', -1, TO_SPARE),
      points('within its limit', '#e69f00', TO_SPARE, 1),
      {
        ...points('over its limit', '#d55e00', 1, Number.POSITIVE_INFINITY),
        markLine: { ...ends, data: [{ xAxis: 1, name: 'limit' }] },
      },
    ],
  }
}
