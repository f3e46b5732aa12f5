/**
 * Which lines are not yet taken as their table says, one file a table: the verdict and the text. A line that is
 * taken right, or otherwise than it stands there, is to be deleted or put right by `node
 * test/bot/words/known-faults.ts`, which never adds one.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Verdict } from './judge.ts'
import { FOLDERS, type Judged, judged, tablesIn } from './tables.ts'

const fileOf = (table: string): string =>
  path.join(import.meta.dirname, 'known-faults', `${table}.txt`)

/** By the text of a line what becomes of it. */
export type Faults = Readonly<Record<string, Verdict>>

export function knownFaults(table: string): Faults {
  const file = fileOf(table)
  if (!existsSync(file)) return {}
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return Object.fromEntries(
    lines.map((line) => {
      const [verdict = '', text = ''] = line.split('\t')
      return [text, verdict as Verdict]
    }),
  )
}

/** The lines of a table that are not taken as it says. */
export const faultsIn = (rows: Judged): Faults =>
  Object.fromEntries(
    rows
      .filter(([, verdict]) => verdict !== 'right' && verdict !== 'asked')
      .map(([{ typed }, verdict]) => [typed, verdict]),
  )

if (import.meta.main) {
  for (const table of FOLDERS.flatMap(tablesIn)) {
    const known = knownFaults(table.name)
    const left = Object.entries(faultsIn(judged(table))).filter(([text]) => text in known)
    if (left.length === 0) rmSync(fileOf(table.name), { force: true })
    else {
      writeFileSync(
        fileOf(table.name),
        `${left.map(([text, verdict]) => `${verdict}\t${text}`).join('\n')}\n`,
      )
    }
  }
}
