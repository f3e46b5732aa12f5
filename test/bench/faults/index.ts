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
const AWAY = [away('Slack'), away('the WeCom bot'), away('the WeCom app')]
/** So many scenarios of several instances at a time. */
const ABREAST = 2

/**
 * Faults of what the service stands on, played against it: nothing lost, twice or apologised for. Most of them is
 * waiting, so some wait beside each other.
 */
export const faultsBench: Bench = async (options) => {
  const inTurn = async (scenarios: Iterator<Scenario>, rows: Row[][] = []): Promise<Row[]> => {
    const { value, done } = scenarios.next()
    if (done) return rows.flat()
    const { name, play } = value
    const came = await played(name, async () => rowsOf(name, await play(options)))
    return inTurn(scenarios, [...rows, came])
  }
  const one = [...SCENARIOS]
  if (await canMount()) one.push(FULL_DISK)
  else console.error('A full disk is not played: this user may not mount a small one (root may).')
  const alone = await Promise.all(
    [one, ...AWAY.map((each) => [each])].map((each) => inTurn(each.values())),
  )
  const several = instanceScenarios(options).values()
  const beside = await Promise.all(Array.from({ length: ABREAST }, () => inTurn(several)))
  const rows = [...alone.flat(), ...beside.flat().sort((a, b) => (a.what < b.what ? -1 : 1))]
  return [...rows, ...(await played('Recovery to a moment', recoveryRows))]
}

/** One that does not come to its end is a row that is missed, and keeps the others from nobody. */
async function played(name: string, play: () => Promise<Row[]>): Promise<Row[]> {
  const rows = await play().catch((error: unknown) => {
    console.error(error)
    return [none(`${name}: not played to its end`, 1)]
  })
  console.error(`${name}: ${rows.every(({ met }) => met) ? 'met' : 'missed'}`)
  return rows
}
