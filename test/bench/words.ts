import { COMMANDS } from '../../src/app-features.ts'
import { MOST_CHARACTERS } from '../../src/bot/conversation/resume.ts'
import { parse } from '../../src/bot/grammar/parse.ts'
import { countsOf } from '../bot/words/counts.ts'
import { FOLDERS, judged, type Row as Line, tablesIn } from '../bot/words/tables.ts'
import { none, type Options, type Row, row } from './row.ts'
import { p99 } from './timing.ts'

const SETS = {
  tables: 'lines that people said',
  neighbours: 'their neighbours',
  unseen: 'lines written before the reader',
} as const

/**
 * What the reader before there was a scan (commit 6bf5bf7) took beside the fixed work below over the same lines, in
 * ten runs on a busy machine on 2026-11-28: 0.87 to 1.06 times it, the median 0.95. None may be slower.
 */
const READER_BEFORE = 1

/** How the lines of the tables are taken, and how long reading takes. */
export async function wordsBench({ quick }: Options): Promise<readonly Row[]> {
  const lines = FOLDERS.flatMap(tablesIn).flatMap(({ rows }) => rows)
  return [
    ...FOLDERS.flatMap(taken),
    oneLine(lines, quick ? 3 : 9),
    ...longLines(lines, quick ? 3 : 9),
  ]
}

/** The counts of a set of tables: nothing wrong, nothing lost, and little asked of what is clear. */
function taken(folder: (typeof FOLDERS)[number]): readonly Row[] {
  const counts = countsOf(tablesIn(folder).flatMap(judged))
  const { lines, clear, asked, clearRight, clearDeaf, wrong, lost } = counts
  const of = `${SETS[folder]}: `
  return [
    none(`${of}stored wrong, of ${lines}`, wrong),
    none(`${of}lost without a word, of ${lines}`, lost),
    row(`${of}asked though clear`, [clearDeaf, 'times'], ['clear lines', clear], 0.05),
    row(`${of}clear and not right`, [clear - clearRight, 'times'], ['clear lines', clear], 0.15),
    row(`${of}asked where they let one ask`, [asked, 'times'], ['all lines', lines], 1),
  ]
}

/**
 * A fixed share of work of the reader's own kind, a line that is normalised and searched by expressions, which no
 * change of ours makes quicker or slower.
 */
const EXPRESSIONS = [
  /\p{L}+|\p{N}+/gu,
  /\d+(?:[.,]\d+)*\s*[万亿千百kw]?/giu,
  /[零一二三四五六七八九十百千万亿]+/gu,
  /(?:[\w.-]+@[\w-]+\.\w+|https?:\/\/\S+)/giu,
  /(?:今|明|后)天|[下这本]?(?:周|星期|礼拜)[一二三四五六日天]/gu,
  /\d{1,4}[年/-]\d{1,2}[月/-]\d{1,2}[日号]?/gu,
  /(?:没|不|未|别|无)\p{L}{1,4}/gu,
  /[,.;:!?，。；：！？、\s]+/gu,
]
const TURNS = 40

function fixedWork(text: string): number {
  let found = 0
  for (let turn = 0; turn < TURNS; turn++) {
    const seen = text.normalize('NFKC').toLowerCase()
    for (const expression of EXPRESSIONS) found += [...seen.matchAll(expression)].length
  }
  return found
}

/** The line that takes longest but for one in a hundred. */
function oneLine(lines: readonly Line[], rounds: number): Row {
  const times = [...lines.slice(0, 500), ...lines].map(({ text, at }) => ({
    reading: leastMs(rounds, () => parse(text, COMMANDS, at)),
    working: leastMs(rounds, () => fixedWork(text)),
  }))
  const warm = times.slice(500)
  const what = `reading a line, p99 of ${lines.length}`
  const peer = 'p99 of a fixed set of expressions'
  return row(
    what,
    [p99(warm.map(({ reading }) => reading)), 'ms'],
    [peer, p99(warm.map(({ working }) => working))],
    READER_BEFORE,
  )
}

/** What lines are full of that are as long as one may send. */
const FILLS = [
  '1 没接 ',
  '明天',
  '1、',
  '50万',
  '张三没接，',
  '13800138000 ',
  '下周三下午3点 ',
  'a@b.cn ',
]

/** A line of four times the length takes four times as long, and as much again for what is collected meanwhile. */
function longLines(lines: readonly Line[], rounds: number): readonly Row[] {
  const said = lines.map(({ text }) => text).join('，')
  const at = lines[0]?.at
  if (!at) throw new Error('no lines')
  const times = [said, ...FILLS.map((fill) => fill.repeat(MOST_CHARACTERS))].map((text) => {
    const reading = (length: number) => () => parse(text.slice(0, length), COMMANDS, at)
    const [quarter, whole] = [reading(MOST_CHARACTERS / 4), reading(MOST_CHARACTERS)]
    // In turn, so that a machine that slows down slows both.
    const pairs = Array.from({ length: rounds }, () => [msOf(quarter), msOf(whole)] as const)
    return {
      fill: text.slice(0, 6),
      short: 4 * Math.min(...pairs.map(([ms]) => ms)),
      long: Math.min(...pairs.map(([, ms]) => ms)),
    }
  })
  const worst = times.toSorted((a, b) => b.long / b.short - a.long / a.short)[0]
  if (!worst) throw new Error('no fills')
  const what = `reading ${MOST_CHARACTERS} characters, the worst of ${times.length} fills (${worst.fill}…)`
  return [row(what, [worst.long, 'ms'], ['four times a quarter of them', worst.short], 2)]
}

/** The least of several times: whatever else runs on the machine only adds to it. */
const leastMs = (rounds: number, work: () => unknown): number =>
  Math.min(...Array.from({ length: rounds }, () => msOf(work)))

function msOf(work: () => unknown): number {
  const began = performance.now()
  work()
  return performance.now() - began
}
