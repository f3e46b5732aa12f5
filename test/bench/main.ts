/**
 * `npm run bench -- <names, or all> [--quick] [--once] [--json]`: prints a table of figures, or the rows as JSON, and writes
 * them to docs/figures.md, with a picture. Ends with 1 where a limit is missed, or a bench could not be run: the others
 * are.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { BENCHES } from './benches.ts'
import { cellsOf, writeFigures } from './figures-file.ts'
import { drawFigures } from './figures-picture.ts'
import { medianRows, type Row } from './row.ts'

const RUN = path.join(import.meta.dirname, 'run.ts')

const words = process.argv.slice(2)
const flags = new Set(words.filter((word) => word.startsWith('--')))
const named = words.filter((word) => !word.startsWith('--'))
const asked = named.length === 0 || named.includes('all') ? Object.keys(BENCHES) : named
const unknown = asked.find((name) => !BENCHES[name])
if (unknown) {
  console.error(`no bench "${unknown}"; there are: all, ${Object.keys(BENCHES).join(', ')}`)
  process.exit(1)
}
const quick = flags.has('--quick')
const all: ({ bench: string } & Row)[] = []
const broken: string[] = []
for (const name of asked) {
  const [, usual = 1] = BENCHES[name] ?? []
  const runs = flags.has('--once') ? 1 : usual
  const measured: Row[][] = []
  try {
    while (measured.length < runs) {
      console.error(`${name}, run ${measured.length + 1} of ${runs}`)
      measured.push(await inOwnProcess(name))
    }
  } catch (error) {
    // What it threw stands above; hours of the others are not lost for it.
    console.error(String(error))
    broken.push(name)
    continue
  }
  const rows = medianRows(measured)
  writeFigures(quick ? `${name} --quick` : name, rows, runs, Object.keys(BENCHES))
  all.push(...rows.map((row) => ({ bench: name, ...row })))
}
if (!quick) await drawFigures()
if (flags.has('--json')) console.log(JSON.stringify(all))
else console.table(all.map(({ bench, ...row }) => ({ bench, ...cellsOf(row) })))
if (broken.length > 0) console.error(`could not be measured: ${broken.join(', ')}`)
process.exit(broken.length === 0 && all.every(({ met }) => met) ? 0 : 1)

/** One run: what an earlier one left in memory, or compiled, is not this one's. */
async function inOwnProcess(name: string): Promise<Row[]> {
  const words = quick ? [name, '--quick'] : [name]
  // As it is, so that a figure that is no number stays none.
  const child = fork(RUN, words, { serialization: 'advanced' })
  let rows: Row[] = []
  child.once('message', (message) => {
    rows = message as Row[]
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${name} ended with ${code}`)
  return rows
}
