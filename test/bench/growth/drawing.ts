import { writeFile } from 'node:fs/promises'
import { type ChartOption, chartPng } from '../../../src/infra/pictures/chart.ts'

const FILE = 'docs/growth.png'
const SIZE = { width: 1200, height: 960 }
const GREY = '#8a94a0'
/** The house has so many colours for lines; after them another symbol. */
const COLOURS = 7

/** What was measured in a book of one size: each question, and of each work what a thousand clients take. */
interface Point {
  readonly asked: Readonly<Record<string, number>>
  readonly work: Readonly<Record<string, number>>
}

/**
 * Draws how much longer each takes in a larger book than in the smallest, both on scales of tens: what is flat lies
 * at 1, what grows with the book along the dashed line.
 */
export async function drawGrowth(
  sizes: readonly number[],
  measured: readonly Point[],
): Promise<void> {
  await writeFile(FILE, await chartPng(growthOption(sizes, measured), SIZE))
}

function growthOption(sizes: readonly number[], measured: readonly Point[]): ChartOption {
  const [few = 1] = sizes
  const whole = measured.map(({ work }, place) =>
    Object.fromEntries(
      Object.entries(work).map(([name, each]) => [name, each * ((sizes[place] ?? few) / few)]),
    ),
  )
  const lines = [...linesOf(measured.map(({ asked }) => asked)), ...linesOf(whole)]
  return {
    title: { text: `Times as long as with ${few} clients` },
    legend: { type: 'plain', itemGap: 12 },
    grid: { left: 70, right: 40, top: 80, bottom: 190 },
    xAxis: { type: 'category', data: sizes.map((size) => `${size} clients`) },
    yAxis: { type: 'log', min: 0.5, max: 300 },
    series: [
      ...lines.map(({ name, times }, place) => ({
        ...{ type: 'line' as const, name, data: times, symbolSize: 12 },
        symbol: place < COLOURS ? 'circle' : 'rect',
      })),
      {
        ...{ type: 'line', name: 'as the book grows', data: sizes.map((size) => size / few) },
        ...{ symbol: 'none', color: GREY, lineStyle: { type: 'dashed' } },
      },
    ],
  }
}

/** Of each name, what it took in each book as a multiple of the first. */
function linesOf(books: readonly Readonly<Record<string, number>>[]) {
  const [first = {}] = books
  return Object.entries(first).map(([name, least]) => ({
    name,
    times: books.map((book) => Number(((book[name] ?? Number.NaN) / least).toPrecision(3))),
  }))
}
