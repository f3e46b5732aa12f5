import { none, type Options, type Row } from '../row.ts'

/** What came of all that people sent and were owed while something was broken. */
export interface Tally {
  /** Outcomes acknowledged and lists due. */
  readonly due: number
  /** Of those, how many never arrived where they belong. */
  readonly lost: number
  /** How many arrived more than once. */
  readonly twice: number
  /** Answered with "send it again", though they had been acknowledged. */
  readonly apologised: number
}

/** A fault that is played against the real service. */
export interface Scenario {
  /** As a sentence of the table begins: `Slack away for ten minutes`. */
  readonly name: string
  play(options: Options): Promise<Tally>
}

/** None may be lost, none twice, none apologised for; and a scenario in which nothing was due shows nothing. */
export function rowsOf(name: string, { due, ...counts }: Tally): Row[] {
  if (due === 0) throw new Error(`${name}: nothing was due`)
  return Object.entries(counts).map(([what, count]) => none(`${name}: ${what}, of ${due}`, count))
}
