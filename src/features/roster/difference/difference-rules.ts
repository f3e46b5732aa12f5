import { asOnFile, type Person } from '../../people/post/rules.ts'
import { byCode, type Line, type Roster, type Unit, type Wanted } from '../rules.ts'

/** What becomes of something; `before` null: it is new, `after` null: it goes. */
export type Change<Thing> =
  | { readonly before: null; readonly after: Thing }
  | { readonly before: Thing; readonly after: Thing }
  | { readonly before: Thing; readonly after: null }

export interface Part<Thing> {
  readonly changes: readonly Change<Thing>[]
  /** How many stay as they are. */
  readonly same: number
}

/** What is to be changed so that the bank is as it shall be. */
export interface Difference {
  readonly units: Part<Unit>
  readonly people: Part<Person>
  readonly lines: Part<Line>
}

/** The difference between what is on file and what shall be; of the same it is empty. */
export function differenceOf(onFile: Roster, wanted: Wanted): Difference {
  return {
    units: compared(onFile.units.map(plainUnit), wanted.units.map(plainUnit)),
    people: compared(peopleBefore(onFile, wanted), wanted.people),
    lines: compared(onFile.lines, wanted.lines),
  }
}

export const isEmpty = ({ units, people, lines }: Difference): boolean =>
  [units, people, lines].every(({ changes }) => changes.length === 0)

/** The fields in which something changes. */
export function changedFields<Thing extends object>(
  before: Thing,
  after: Thing,
): (keyof Thing & string)[] {
  return (Object.keys(after) as (keyof Thing & string)[]).filter(
    (field) => before[field] !== after[field],
  )
}

const plainUnit = ({ code, name, kind, parent }: Unit): Unit => ({ code, name, kind, parent })

function peopleBefore({ people }: Roster, wanted: Wanted): Person[] {
  const after = byCode(wanted.people)
  return people.flatMap((person) => asOnFile(person, after.get(person.code.toLowerCase())) ?? [])
}

function compared<Thing extends { readonly code: string }>(
  before: readonly Thing[],
  after: readonly Thing[],
): Part<Thing> {
  const [was, is] = [before, after].map((all) => new Map(all.map((each) => [each.code, each])))
  const changes: Change<Thing>[] = []
  let same = 0
  for (const each of after) {
    const known = was?.get(each.code)
    if (!known) changes.push({ before: null, after: each })
    else if (changedFields(known, each).length > 0) changes.push({ before: known, after: each })
    else same++
  }
  for (const each of before) {
    if (!is?.has(each.code)) changes.push({ before: each, after: null })
  }
  return { changes, same }
}
