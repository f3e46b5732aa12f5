import { type Bench, none, type Row } from '../row.ts'
import { away } from './away.ts'
import { canMount, DATABASE_SCENARIOS, FULL_DISK } from './database.ts'
import { instanceScenarios } from './instances/index.ts'
import { killed } from './killed.ts'
import { nightMissed } from './night.ts'
import { recoveryRows } from './recovery.ts'
import { stopped } from './stopped.ts'
import { rowsOf, type Scenario } from './tally.ts'

const SCENARIOS: readonly Scenario[] = [...DATABASE_SCENARIOS, stopped, killed, nightMissed]

/** Most of them is waiting, so they wait beside each other. */
const AWAY = [away('Slack'), away('the WeCom bot'), away('the WeCom app')]

/** Faults of what the service stands on, played against it: nothing lost, twice or apologised for. */
export const faultsBench: Bench = async (options) => {
  const outcome = ({ name, play }: Scenario) =>
    played(name, async () => rowsOf(name, await play(options)))
  const rows = (await Promise.all(AWAY.map(outcome))).flat()
  const scenarios = [...SCENARIOS, ...instanceScenarios(options)]
  if (await canMount()) scenarios.push(FULL_DISK)
  else console.error('A full disk is not played: this user may not mount a small one (root may).')
  for (const scenario of scenarios) rows.push(...(await outcome(scenario)))
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
