import { ROLE_LABEL } from '../../core/staff.ts'
import { type Text, text } from '../../core/text.ts'
import {
  asOnFile,
  needsSecondPerson,
  type Person,
  type PersonOnFile,
} from '../people/post/rules.ts'
import { KIND_LABEL } from '../staff/labels.ts'
import { worksIn } from '../staff/rules.ts'
import { linesOf } from './line-rules.ts'
import { peopleOf } from './person-rules.ts'
import {
  byCode,
  type Fault,
  faultAt,
  type Line,
  pathsOf,
  type Roster,
  type Said,
  type SaidRow,
  sameCode,
  type Unit,
  type UnitOnFile,
  type Wanted,
} from './rules.ts'
import { unitsOf } from './unit-rules.ts'

/** Somebody whose post or address waits for a second person; `before` null: they are to come. */
export interface Awaiting {
  readonly before: Person | null
  readonly after: Person
}

/** How the bank shall be, or all that speaks against it, by cell. */
export interface Settled {
  /** As far as one person may say it. */
  readonly wanted: Wanted
  /** What a second person must confirm: until then they are as they were. */
  readonly awaiting: readonly Awaiting[]
  readonly faults: readonly Fault[]
  readonly notes: readonly Text[]
}

/**
 * What a workbook comes to on what is on file. Of what it has no sheet for, all stays. `opening`: nobody is
 * there who could be the second person.
 */
export function settle(said: Said, onFile: Roster, opening: boolean): Settled {
  const { units: tree, faults: inTree } = said.units
    ? unitsOf(said.units, onFile.units)
    : { units: onFile.units, faults: [] }
  // What is to be taken off stays until it is known that nobody and nothing is there.
  const gone = onFile.units.filter(({ code }) => !tree.some((unit) => sameCode(unit.code, code)))
  const everything = [...tree, ...gone]
  const { lines, faults: inLines } = said.lines
    ? linesOf(said.lines, tree, onFile.lines)
    : { lines: onFile.lines, faults: [] }
  const { people: all, faults: inPeople } = said.people
    ? peopleOf(said.people, { units: everything, lines, onFile: byCode(onFile.people) })
    : { people: onFile.people.flatMap((person) => asOnFile(person) ?? []), faults: [] }
  const { people, awaiting } = opening ? { people: all, awaiting: [] } : atOnce(all, onFile.people)
  // Who leaves stays on file where they were.
  const there = [...all, ...people, ...onFile.people]
  const kept = gone.filter((unit) => isUsed(unit, everything, there, lines))
  const wanted = { units: [...tree, ...kept], people, lines }
  const own = [...inTree, ...inLines, ...inPeople]
  // In a circle there are no paths.
  const late = inTree.length > 0 ? [] : misfits(said, wanted, awaiting, onFile)
  return {
    ...{ wanted, awaiting },
    faults: onePerCell([...own, ...late]),
    notes: kept.map(keptNote),
  }
}

/** Everybody as they are before a second person has confirmed anything, and what is to be confirmed. */
function atOnce(all: readonly Person[], onFile: readonly PersonOnFile[]) {
  const known = byCode(onFile)
  const awaiting: Awaiting[] = []
  const people = all.flatMap((after) => {
    const before = asOnFile(known.get(after.code.toLowerCase()), after)
    if (!needsSecondPerson(before, after)) return after
    awaiting.push({ before, after })
    return before ?? []
  })
  return { people, awaiting }
}

/** Whether a unit that no row names cannot go: somebody or something is in it, or was. */
function isUsed(
  { code, anchored }: UnitOnFile,
  units: readonly Unit[],
  people: readonly { readonly code: string; readonly unit: string }[],
  lines: readonly Line[],
): boolean {
  return (
    anchored ||
    people.some((person) => person.unit === code) ||
    lines.some(({ department }) => department === code) ||
    units.some((unit) => unit.parent === code)
  )
}

/** What only shows once everything is read: units that are no place for those in them, books that would move away. */
function misfits(
  said: Said,
  { units, people }: Wanted,
  awaiting: readonly Awaiting[],
  onFile: Roster,
): Fault[] {
  const [unitRows, personRows] = [rowsBy(said.units), rowsBy(said.people)]
  const [known, there] = [byCode(onFile.people), byCode(units)]
  const [before, after] = [branchesOf(onFile.units), branchesOf(units)]
  const owners = new Map(
    awaiting.flatMap((each) => (each.before?.email ? [[each.before.email, each.before.code]] : [])),
  )
  return [...people, ...awaiting.map((each) => each.after)].flatMap((person): Fault[] => {
    const code = person.code.toLowerCase()
    const [was, row] = [known.get(code), personRows.get(code)]
    const unit = there.get(person.unit.toLowerCase())
    if (!unit) return []
    if (!worksIn(person.role, unit.kind)) {
      // Of whom a row speaks, that row was faulted; but whoever waits is where they were.
      const stays = !row || awaiting.some((each) => each.before === person)
      const changed = stays && unitRows.get(unit.code.toLowerCase())
      return changed ? [faultAt(changed, 'kind', worksThere(person, unit))] : []
    }
    const owner = owners.get(person.email ?? '')
    if (row && owner && owner !== person.code) return [faultAt(row, 'email', mailStays(owner))]
    if (!row || !was?.active || was.clients === 0 || was.unit === person.unit) return []
    return before.get(was.unit) === after.get(person.unit)
      ? []
      : [faultAt(row, 'unit', bookStays(was, unit))]
  })
}

const rowsBy = <Column extends string>(
  rows: readonly SaidRow<Column | 'code'>[] | null,
): ReadonlyMap<string, SaidRow<Column | 'code'>> =>
  new Map((rows ?? []).map((row) => [codeIn(row).toLowerCase(), row]))

const codeIn = ({ says }: SaidRow<'code'>): string => says.code ?? ''

/** The nearest branch at or above each unit, by its code. */
function branchesOf(units: readonly Unit[]): ReadonlyMap<string, string> {
  const kinds = new Map(units.map(({ code, kind }) => [code, kind]))
  return new Map(
    [...pathsOf(units)].map(([code, path]) => [
      code,
      path.split('/').findLast((each) => kinds.get(each) === 'branch') ?? '',
    ]),
  )
}

/** A cell is named once: what comes after its first fault is mostly what follows from that. */
export function onePerCell(faults: readonly Fault[]): Fault[] {
  const seen = new Set<string>()
  return faults.filter(({ sheet, row, column }) => {
    const cell = `${sheet}\n${row}\n${column}`
    if (seen.has(cell)) return false
    seen.add(cell)
    return true
  })
}

const keptNote = ({ code, name }: UnitOnFile): Text =>
  text(
    `机构 ${code} ${name} 表里没有，但还有人员、条线、下级或往来记录，所以保留。`,
    `The unit ${code} ${name} is not in the workbook; people, lines, units or records hang on it, so it stays.`,
  )
const worksThere = ({ code, name, role }: Person, { name: unit, kind }: Unit): Text =>
  text(
    `${unit}有${ROLE_LABEL[role].zh} ${code} ${name}，不能设为${KIND_LABEL[kind].zh}。请先调走他，或改类型。`,
    `${unit} has ${code} ${name} (${ROLE_LABEL[role].en}) and cannot be a ${KIND_LABEL[kind].en.toLowerCase()}. Move them first, or change the kind.`,
  )
const mailStays = (owner: string): Text =>
  text(
    `这个邮箱还是 ${owner} 的，他的新邮箱要等第二人确认。请在确认后再导入。`,
    `This address is still that of ${owner}, whose new one waits for a second person. Open the workbook again after that.`,
  )
const bookStays = ({ name, code, clients }: PersonOnFile, unit: Unit): Text =>
  text(
    `${unit.name}在别的支行，${name}名下 ${clients} 位客户要留下：先在聊天里"交接 ${code} 平均"，再调动。`,
    `${unit.name} is of another branch and the ${clients} clients of ${name} stay: first say "hand over ${code} evenly" in chat, then move them.`,
  )
