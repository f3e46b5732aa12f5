import { type Bench, none, type Row } from '../row.ts'
import { away } from './away.ts'
import { canMount, DATABASE_SCENARIOS, FULL_DISK } from './database.ts'
import { instanceScenarios } from './instances/index.ts'
import { killed } from './killed.ts'
import { nightMissed } from './night.ts'
import { recoveryRows } from './recovery.ts'
import { stopped } from './stopped.ts'
import { rowsOf, type Scenario } from './tally.ts'

const SCENARIOS: readonly Scenario[] = [
  ...DATABASE_SCENARIOS,
  away('Slack'),
  away('the WeCom bot'),
  away('the WeCom app'),
  stopped,
  killed,
  nightMissed,
]

/** Faults of what the service stands on, played against it: nothing lost, twice or apologised for. */
export const faultsBench: Bench = async (options) => {
  const rows: Row[] = []
  const scenarios = [...SCENARIOS, ...instanceScenarios(options)]
  if (await canMount()) scenarios.push(FULL_DISK)
  else console.error('A full disk is not played: this user may not mount a small one (root may).')
  for (const { name, play } of scenarios) {
    rows.push(...(await played(name, async () => rowsOf(name, await play(options)))))
  }
  rows.push(...(await played('Recovery to a moment', recoveryRows)))
  return rows
}

/** One that does not come to its end is a row that is missed, and keeps the others from nobody. */
async function played(name: string, play: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
  const rows = await play().catch((error: unknown) => {
    console.error(error)
    return [none(`${name}: not played to its end`, 1)]
  })
  console.error(`${name}: ${rows.every(({ met }) => met) ? 'met' : 'missed'}`)
  return rows
}
