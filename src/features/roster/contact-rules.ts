import { type Text, text } from '../../core/text.ts'
import type { PersonOnFile } from '../people/post/rules.ts'
import {
  byCode,
  type PersonColumn,
  type Roster,
  type Said,
  type SaidRow,
  type Unit,
} from './rules.ts'

/** A chat service's contact list, as an app is told it. */
export interface ContactList {
  readonly departments: readonly {
    readonly id: number
    readonly name: string
    readonly parentId: number
  }[]
  readonly members: readonly ContactMember[]
}

export interface ContactMember {
  readonly userId: string
  readonly name: string
  readonly departmentIds: readonly number[]
}

/** A member who may be each of several people, or one of several members of a name. */
export interface Question {
  readonly member: ContactMember
  readonly unit: Unit
  /** Who it may be. */
  readonly people: readonly PersonOnFile[]
}

/** What an operator says of questions: by user id a staff code, or null for none of them. */
export type Answers = ReadonlyMap<string, string | null>

/** What a contact list says of the people on file. */
export interface ContactsRead {
  readonly said: Said
  readonly questions: readonly Question[]
  readonly notes: readonly Text[]
}

const SHEET = '企业微信'

/**
 * Matches members to people: by the account that is on file, else by the whole name within the unit that
 * their department is. Who is known by an account and is in the department of another unit moves there. What
 * fits several is asked; nobody leaves because an app does not see them, and nothing is guessed.
 */
export function contactsSay(contacts: ContactList, roster: Roster, answers: Answers): ContactsRead {
  const { units, unmatched } = unitsOfDepartments(contacts, roster.units)
  const here = roster.people.filter(({ active }) => active)
  const owners = new Map(
    here.flatMap((person) => person.wecom.map((id) => [id.toLowerCase(), person])),
  )
  const [changes, questions, strangers] = [
    new Map<string, Change>(),
    [] as Question[],
    [] as string[],
  ]
  for (const member of contacts.members) {
    const at = member.departmentIds.flatMap((id) => units.get(id) ?? [])
    const owner = owners.get(member.userId.toLowerCase())
    if (owner) {
      const [only, other] = at
      const moves = only && !other && only.code !== owner.unit
      if (moves) changes.set(owner.code, { unit: only.code })
      continue
    }
    const question = at
      .map((unit) => ({ member, unit, people: fitting(member, unit, here) }))
      .find(({ people }) => people.length > 0)
    if (!question) strangers.push(`${member.name} ${member.userId}`)
    else questions.push(question)
  }
  const open = questions.filter((question) => {
    const code = answerTo(question, questions, answers)
    if (code) changes.set(code, { wecom: question.member.userId })
    return code === undefined
  })
  return {
    said: { units: null, lines: null, people: here.length > 0 ? rowsOf(here, changes) : null },
    questions: open,
    notes: [...notesOf(unmatched, UNMATCHED), ...notesOf(strangers, STRANGERS)],
  }
}

interface Change {
  readonly unit?: string
  readonly wecom?: string
}

/** The unit that each department is: named alike below the same, or the only one of its name. */
function unitsOfDepartments({ departments }: ContactList, units: readonly Unit[]) {
  const found = new Map<number, Unit>()
  const known = new Set(departments.map(({ id }) => id))
  const unmatched: string[] = []
  const visit = (parentId: number | null, above: Unit | null): void => {
    for (const { id, name, parentId: of } of departments) {
      const isRoot = !known.has(of)
      if (parentId === null ? !isRoot : isRoot || of !== parentId || id === parentId) continue
      const office = isRoot ? units.find(({ kind }) => kind === 'head-office') : undefined
      const named = units.filter((unit) => unit.name === name)
      const below = named.filter((unit) => above && unit.parent === above.code)
      const unit = below[0] ?? (named.length === 1 ? named[0] : office)
      if (unit) found.set(id, unit)
      else unmatched.push(name)
      visit(id, unit ?? null)
    }
  }
  visit(null, null)
  return { units: found, unmatched }
}

/** People of a unit who bear a member's name and are known by no account yet. */
const fitting = (
  { name, userId }: ContactMember,
  unit: Unit,
  here: readonly PersonOnFile[],
): PersonOnFile[] =>
  here.filter(
    (person) =>
      person.unit === unit.code &&
      person.name === name.trim() &&
      person.wecom.length === 0 &&
      !person.disowned.includes(userId),
  )

/** Who a member is: the only one who fits, where no other member fits them; else what was answered. */
function answerTo(
  { member, people }: Question,
  all: readonly Question[],
  answers: Answers,
): string | null | undefined {
  const answered = answers.get(member.userId)
  if (answered !== undefined) return answered
  const [only, other] = people
  const rivals = all.filter(
    (each) => each.member !== member && each.people.some(({ code }) => code === only?.code),
  )
  return only && !other && rivals.length === 0 ? only.code : undefined
}

/** Everybody who works here as a row of a workbook, as they are but for what changes. */
function rowsOf(
  here: readonly PersonOnFile[],
  changes: ReadonlyMap<string, Change>,
): SaidRow<PersonColumn>[] {
  return here.map(({ code, name, role, unit }, index) => ({
    ...{ sheet: SHEET, row: index + 1, columns: {} },
    says: { code, name, role, unit, ...changes.get(code) },
  }))
}

const MOST_NAMED = 12

const notesOf = (names: readonly string[], [zh, en]: readonly [string, string]): Text[] => {
  if (names.length === 0) return []
  const first = names.slice(0, MOST_NAMED)
  const more = names.length > MOST_NAMED ? ` … (${names.length})` : ''
  return [text(`${zh}${first.join('、')}${more}。`, `${en}${first.join(', ')}${more}.`)]
}

const UNMATCHED = [
  '企业微信里有、行里没有同名机构的部门（没有动）：',
  'Departments of WeCom that are no unit (nothing was done): ',
] as const
const STRANGERS = [
  '企业微信里有、对不上工号的成员（请在"人员"表里加上，或填其账号）：',
  'Members of WeCom who are nobody on file (add them to the sheet of people, or their account): ',
] as const

/** What is asked of an operator, where there is one. */
export const questionText = ({ member, unit, people }: Question): Text => {
  const codes = people.map(({ code }) => code)
  return text(
    `企业微信账号 ${member.userId}（${member.name}，${unit.name}）是哪位：${codes.join('、')}？`,
    `Whose is the WeCom account ${member.userId} (${member.name}, ${unit.name}): ${codes.join(', ')}?`,
  )
}

/** The people whom an answer may name, by code in small letters. */
export const answerable = ({ people }: Question) => byCode(people)
