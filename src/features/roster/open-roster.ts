import { createHash } from 'node:crypto'
import { OPERATOR } from '../../bot/inbox/sender/codes.ts'
import type { Moment } from '../../bot/moment.ts'
import type { CarryingOut } from '../../bot/request-kind.ts'
import { textCard } from '../../core/card.ts'
import { newId } from '../../core/ids.ts'
import { speaker, type Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Sheet } from '../../infra/sheets/spreadsheet.ts'
import { standInLeftCard } from '../people/portfolio/cards.ts'
import { deactivate } from '../people/portfolio/store.ts'
import { tellEnded } from '../people/post/end-with-place.ts'
import { sayChange } from '../people/post/lines.ts'
import { askForPost, confirmersOf, waits } from '../people/post/second-person.ts'
import { holdRoster, type Reach, writePeople } from '../people/post/store.ts'
import {
  type Change,
  type Difference,
  differenceOf,
  isEmpty,
  type Part,
} from './difference/difference-rules.ts'
import { noConfirmer, noHead } from './plan-rules.ts'
import { readRoster } from './read-workbook.ts'
import { byCode, type Fault, type Roster, type Said, type Wanted } from './rules.ts'
import { type Awaiting, onePerCell, settle } from './settle-rules.ts'
import { isUnopened, removeUnits, rosterOnFile, writeAct, writeLines, writeUnits } from './store.ts'

/** Somebody whose change waits for a second person. */
interface Awaited {
  readonly change: Awaiting
  /** It was asked for before. */
  readonly before: boolean
}

/** What a workbook would do to the bank as it stands, or all that speaks against it. */
export interface Plan {
  /** Nobody has ever worked here: the one time that no second person is needed. */
  readonly opening: boolean
  /** No sheet says anything, nor has a fault. */
  readonly empty: boolean
  readonly faults: readonly Fault[]
  readonly notes: readonly Text[]
  readonly difference: Difference
  readonly awaiting: readonly Awaited[]
  readonly wanted: Wanted
  readonly onFile: Roster
  /** Of all that would be done: another one is another plan. */
  readonly mark: string
}

/** Where a plan comes from: what is said of the bank as it stands. */
export type Source = (onFile: Roster) => {
  readonly said: Said
  readonly faults: readonly Fault[]
  readonly notes: readonly Text[]
}

/** A workbook's sheets. */
export const sheetsSource = (sheets: readonly Sheet[]): Source => {
  const read = readRoster(sheets)
  return () => read
}

/** Works out what a source comes to. Nothing is changed; nobody else changes the roster until the transaction ends. */
export async function planOf(tx: Queries, source: Source, now: Date): Promise<Plan> {
  await holdRoster(tx)
  const onFile = await rosterOnFile(tx)
  const { said, faults, notes } = source(onFile)
  const plan = await planFor(tx, said, onFile, now)
  const empty = faults.length === 0 && Object.values(said).every((part) => part === null)
  return {
    ...plan,
    empty,
    faults: onePerCell([...faults, ...plan.faults]),
    notes: [...notes, ...plan.notes],
  }
}

async function planFor(
  tx: Queries,
  said: Said,
  onFile: Roster,
  now: Date,
): Promise<Omit<Plan, 'empty'>> {
  const opening = await isUnopened(tx)
  const { wanted, awaiting: asked, faults, notes } = settle(said, onFile, opening)
  const awaiting: Awaited[] = []
  const more: Fault[] = opening ? noHead(said, wanted) : []
  for (const change of asked) {
    awaiting.push({ change, before: await waits(tx, change, now) })
    const confirmers = await confirmersOf(tx, change, OPERATOR)
    if (confirmers.length === 0) more.push(...noConfirmer(said, change.after.code))
  }
  const difference = differenceOf(onFile, wanted)
  const mark = createHash('sha256').update(JSON.stringify({ difference, awaiting })).digest('hex')
  return {
    ...{ opening, notes, difference, awaiting, wanted, onFile, mark },
    faults: [...faults, ...more],
  }
}

/** Whether there is nothing to do: the bank is so, or waits to be. */
export const isDone = ({ difference, awaiting }: Plan): boolean =>
  isEmpty(difference) && awaiting.every(({ before }) => before)

/** What applying a plan may use. */
export interface Applying {
  readonly at: Moment
  readonly reaches: readonly Reach[]
  readonly tell: CarryingOut['tell']
}

/**
 * Makes the bank what the plan says, in its transaction, and asks for second persons; it stands in the
 * audit as done on the server.
 */
export async function applyPlan(tx: Queries, plan: Plan, applying: Applying): Promise<void> {
  const { wanted, difference, awaiting } = plan
  const { at, reaches, tell } = applying
  await writeUnits(tx, wanted.units)
  await writeLines(tx, wanted.lines)
  const people = difference.people.changes
  await letGo(tx, plan, applying)
  const written = people.flatMap(({ after }) => after ?? [])
  const on = { today: at.today, now: at.now, reaches }
  const ended = await writePeople(tx, written, on)
  const gone = difference.units.changes.flatMap(({ before, after }) =>
    after || !before ? [] : before.code,
  )
  await removeUnits(tx, gone)
  await tellChanged(plan, tell)
  await tellEnded(ended, tell)
  const by = { askedBy: OPERATOR, askedByName: null, reason: null }
  for (const { change } of awaiting) await askForPost(tx, change, by, { at, tell })
  await writeAct(tx, newId(), OPERATOR, auditOf(plan), at.now)
}

/** Who is not named any more works here no more, and whom they stood in for hears of it. */
async function letGo(tx: Queries, { difference, onFile }: Plan, { at, tell }: Applying) {
  const known = byCode(onFile.people)
  const leavers = difference.people.changes.flatMap(({ before, after }) =>
    after || !before ? [] : (known.get(before.code.toLowerCase()) ?? []),
  )
  const ids = leavers.map(({ id }) => id)
  for (const { staffId, standInId } of await deactivate(tx, ids, at.today, at.now)) {
    const name = leavers.find(({ id }) => id === standInId)?.name ?? ''
    await tell(staffId, (language) => standInLeftCard(name, language))
  }
}

/** Whoever has another post or address now hears of it where they were reached before. */
async function tellChanged({ difference, onFile, wanted }: Plan, tell: CarryingOut['tell']) {
  const known = byCode(onFile.people)
  const units = byCode(wanted.units)
  const unitName = (code: string) => units.get(code.toLowerCase())?.name ?? code
  for (const { before, after } of difference.people.changes) {
    const person = before && known.get(before.code.toLowerCase())
    if (!after || !person) continue
    const matters = (['role', 'unit', 'email'] as const).some((at) => before[at] !== after[at])
    if (!matters) continue
    const what = sayChange(before, after, unitName)
    await tell(person.id, (language) =>
      textCard(
        speaker(language)(
          `行里的人员表已更新：${what.zh}。有误请告诉主管。`,
          `The bank's register was changed: ${what.en}. If that is wrong, tell your lead.`,
        ),
      ),
    )
  }
}

/** What was done, by codes: names and addresses do not stand in the audit. */
function auditOf({ opening, difference, awaiting }: Plan) {
  const { units, people, lines } = difference
  const posts = people.changes.flatMap(({ after }) =>
    after ? [[after.code, after.role, after.unit].join(' ')] : [],
  )
  return {
    ...{ opening, units: codesOf(units), people: codesOf(people), lines: codesOf(lines), posts },
    awaiting: awaiting.map(({ change }) => change.after.code),
  }
}

function codesOf<Thing extends { readonly code: string }>({ changes }: Part<Thing>) {
  const of = (which: (change: Change<Thing>) => boolean) =>
    changes.filter(which).map(({ before, after }) => (after ?? before)?.code)
  return {
    new: of(({ before }) => before === null),
    changed: of(({ before, after }) => before !== null && after !== null),
    gone: of(({ after }) => after === null),
  }
}
