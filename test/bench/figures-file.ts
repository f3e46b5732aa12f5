import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import type { Row } from './row.ts'

const FILE = 'docs/figures.md'

const HEAD = `# Figures

Written by \`npm run bench\`, never by hand: a bench that ran whole replaces its section. \`--quick\` takes smaller
books, and has sections of its own.

A duration says little from one machine to another. So each is held against a peer that is measured beside it in
the same run, the same load on an empty handler, a fixed page or a bare statement, and its limit is a ratio.
Sizes, paces and counts stand as they are. [Why](decisions/7-limits-as-ratios.md).

![How much of its limit each figure takes](figures.png)
`

/** Puts the rows of a bench, by its name with its flags, into their section of docs/figures.md. */
export function writeFigures(
  bench: string,
  rows: readonly Row[],
  runs: number,
  order: readonly string[],
): void {
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : ''
  const day = new Date().toISOString().slice(0, 10)
  const how = runs > 1 ? `the median of ${runs} runs` : 'one run'
  const run = [day, machine(), `commit ${commit()}`, how].join(' · ')
  writeFileSync(FILE, withSection(text, bench, `${run}\n\n${tableOf(rows)}`, order))
}

/** The file with this section in place of an older one; the others stay. `order`: of all benches there are. */
export function withSection(
  text: string,
  bench: string,
  section: string,
  order: readonly string[],
): string {
  const older = text.split(/^## /m).slice(1)
  const sections = new Map(
    older.map((each) => {
      const [name = '', ...lines] = each.split('\n')
      return [name, lines.join('\n').trim()]
    }),
  ).set(bench, section)
  const place = (name: string) => order.indexOf(name.split(' ')[0] ?? '')
  const sorted = [...sections]
    .filter(([name]) => place(name) >= 0)
    .sort(([a], [b]) => place(a) - place(b) || a.length - b.length)
  return [HEAD, ...sorted.map(([name, body]) => `## ${name}\n\n${body}\n`)].join('\n')
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => Object.values(cellsOf(row)))
  const columns = ['what', 'measured', 'peer', 'ratio', 'limit', 'met']
  return [columns, columns.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
}

/** A row as it is read. */
export const cellsOf = ({ what, measured, unit, peer, ratio, limit, met }: Row) => ({
  what,
  measured: `${round(measured)} ${unit}`,
  peer: `${peer.what}: ${round(peer.measured)} ${unit}`,
  ratio: round(ratio),
  limit: round(limit),
  met: met ? 'yes' : '**no**',
})

const round = (value: number): string => String(Number(value.toPrecision(3)))

/** Processors, memory and Node. */
function machine(): string {
  const [first] = os.cpus()
  const gigabytes = Math.round(os.totalmem() / 2 ** 30)
  return `${os.cpus().length} × ${first?.model ?? os.arch()}, ${gigabytes} GB, Node ${process.versions.node}`
}

/** The commit that was measured; with `+` where files differ from it, other than by figures. */
function commit(): string {
  const git = (...words: string[]) => execFileSync('git', words, { encoding: 'utf8' }).trim()
  const drawn = [`:!${FILE}`, ':!docs/*.png']
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', '.', ...drawn)
  return git('rev-parse', '--short', 'HEAD') + (changed && '+')
}
