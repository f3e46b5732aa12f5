import { z } from 'zod'
import { readFullPhone } from '../../bot/grammar/phone.ts'
import { ROLE_LABEL } from '../../core/staff.ts'
import { type Text, text } from '../../core/text.ts'
import type { Person, PersonOnFile } from '../people/post/rules.ts'
import { KIND_LABEL, roleOf } from '../staff/labels.ts'
import { kindsFor, worksIn } from '../staff/rules.ts'
import { duplicates } from './duplicate-rules.ts'
import { NONE } from './headings.ts'
import {
  CODE,
  type Fault,
  faultAt,
  type Line,
  type PersonColumn,
  type SaidRow,
  sameCode,
  type Unit,
  unitMeant,
} from './rules.ts'

type Row = SaidRow<PersonColumn>

/** What else decides whether a row is right. */
export interface Around {
  readonly units: readonly Unit[]
  readonly lines: readonly Line[]
  /** By code, in small letters. */
  readonly onFile: ReadonlyMap<string, PersonOnFile>
}

/** Everybody whom the rows say, with what is wrong with them. */
export function peopleOf(
  rows: readonly Row[],
  around: Around,
): { readonly people: readonly Person[]; readonly faults: readonly Fault[] } {
  const read = rows.map((row) => ({ row, ...personIn(row, around) }))
  const faults = read.flatMap((each) => each.faults)
  faults.push(...duplicates(rows, [...around.onFile.values()]))
  return { people: read.flatMap(({ person }) => person ?? []), faults }
}

const EMAIL = z.email().max(200)
const SLACK_ID = /^[UW][A-Z0-9]{5,20}$/
/** As WeCom's administrators set it (成员 UserID, at most 64 characters). */
const WECOM_ID = /^[A-Za-z0-9_.@-]{1,64}$/

function personIn(row: Row, around: Around) {
  const faults: Fault[] = []
  const bad = (column: PersonColumn, why: Text) => void faults.push(faultAt(row, column, why))
  const { code = '', name = '', role: typed = '' } = row.says
  if (!CODE.test(code)) bad('code', code ? badCode(code) : NO_CODE)
  if (!name || name.length > 40) bad('name', NO_NAME)
  const known = around.onFile.get(code.toLowerCase())
  if (known && !known.active && name && known.name !== name) bad('code', codeOfOther(code, known))
  const role = roleOf(typed)
  if (!role) bad('role', noRole(typed))
  const unit = unitFor(row, around, bad)
  if (role && unit && !worksIn(role, unit.kind)) bad('role', worksElsewhere(role, unit))
  /** Blank: as it is on file; a word for "none": none. */
  const said = <Value extends string>(
    column: PersonColumn,
    onFile: string | null | undefined,
    read: (typed: string) => Value | null,
    fault: (typed: string) => Text,
  ): string | null => {
    const typed = row.says[column] ?? ''
    if (!typed) return onFile ?? null
    if (NONE.test(typed)) return null
    const value = read(typed)
    if (value === null) bad(column, fault(typed))
    return value
  }
  const phone = said('phone', known?.phone, readFullPhone, badPhone)
  const email = said('email', known?.email, readEmail, badEmail)
  const slack = accountOf(said('slack', null, matching(SLACK_ID), badSlack), known?.slack)
  const wecom = accountOf(said('wecom', null, matching(WECOM_ID), badWecom), known?.wecom)
  for (const [column, id] of [
    ['slack', slack],
    ['wecom', wecom],
  ] as const) {
    if (id && known?.disowned.includes(id)) bad(column, disowned(id))
  }
  const person: Person | null =
    role && unit && CODE.test(code)
      ? { code: known?.code ?? code, name, role, unit: unit.code, phone, email, slack, wecom }
      : null
  return { person, faults }
}

const readEmail = (typed: string): string | null =>
  EMAIL.safeParse(typed.toLowerCase()).data ?? null
const matching = (pattern: RegExp) => (typed: string) => (pattern.test(typed) ? typed : null)

/** The account that somebody has: the one said, else the first on file. */
const accountOf = (said: string | null, onFile: readonly string[] = []): string | null =>
  said ?? onFile[0] ?? null

/** Where somebody works: the unit that is named, or the department of the line that is. */
function unitFor(
  row: Row,
  { units, lines }: Around,
  bad: (column: PersonColumn, why: Text) => void,
): Unit | undefined {
  const { unit: named = '', line: serves = '' } = row.says
  const line = lines.find(({ code, name }) => serves === name || sameCode(serves, code))
  if (serves && !line) bad('line', noLine(serves))
  if (!named && line?.department) return units.find(({ code }) => code === line.department)
  if (!named) {
    bad('unit', NO_UNIT)
    return undefined
  }
  const found = unitMeant(units, named)
  if (found === 'many') bad('unit', manyUnits(named))
  else if (!found) bad('unit', noUnit(named))
  else if (line?.department && line.department !== found.code) bad('line', otherLine(line, found))
  return found === 'many' ? undefined : found
}

const badCode = (code: string): Text =>
  text(
    `工号"${code}"只能是 1 到 20 个字母、数字、- 或 _。`,
    `The staff code "${code}" must be 1 to 20 letters, digits, - or _.`,
  )
const codeOfOther = (code: string, { name }: PersonOnFile): Text =>
  text(
    `工号 ${code} 是已离职的 ${name} 的，他的记录还在用它；请用新的工号。`,
    `The staff code ${code} is that of ${name}, who left and whose records bear it; give a new one.`,
  )
const noRole = (said: string): Text => {
  const roles = Object.values(ROLE_LABEL)
  return text(
    `${said ? `"${said}"不是岗位` : '没有岗位'}，请写：${roles.map(({ zh }) => zh).join('、')}。`,
    `${said ? `"${said}" is no role` : 'There is no role'}; write one of: ${roles.map(({ en }) => en).join(', ')}.`,
  )
}
const worksElsewhere = (role: Person['role'], { name, kind }: Unit): Text => {
  const kinds = kindsFor(role).map((each) => KIND_LABEL[each])
  return text(
    `${ROLE_LABEL[role].zh}不能设在${name}（${KIND_LABEL[kind].zh}），只能在：${kinds.map(({ zh }) => zh).join('、')}。请改岗位或机构。`,
    `${ROLE_LABEL[role].en} cannot work in ${name} (${KIND_LABEL[kind].en}), only in: ${kinds.map(({ en }) => en).join(', ')}. Change the role or the unit.`,
  )
}
const noUnit = (named: string): Text =>
  text(
    `没有机构"${named}"：请写"机构"表里的代码或名称。`,
    `There is no unit "${named}": give a code or name of the sheet of units.`,
  )
const manyUnits = (named: string): Text =>
  text(
    `不止一个机构叫"${named}"，请写机构代码。`,
    `Several units are called "${named}"; give the code.`,
  )
const noLine = (named: string): Text =>
  text(
    `没有条线"${named}"，请先在"条线"表里写上。`,
    `There is no line "${named}"; add it to the sheet of lines.`,
  )
const otherLine = ({ name, department }: Line, unit: Unit): Text =>
  text(
    `条线"${name}"由 ${department} 办理，不是${unit.name}。请改条线或机构。`,
    `The line "${name}" is served by ${department}, not by ${unit.name}. Change the line or the unit.`,
  )
const badPhone = (typed: string): Text =>
  text(
    `"${typed}"不是电话号码，座机请带区号。`,
    `"${typed}" is no phone number; a landline has its area code.`,
  )
const badEmail = (typed: string): Text =>
  text(`"${typed}"不是邮箱地址。`, `"${typed}" is no e-mail address.`)
const badSlack = (typed: string): Text =>
  text(
    `"${typed}"不是 Slack 成员 ID：在对方资料里点"复制成员 ID"，以 U 或 W 开头。`,
    `"${typed}" is no Slack member ID: choose "Copy member ID" in their profile; it begins with U or W.`,
  )
const badWecom = (typed: string): Text =>
  text(
    `"${typed}"不是企业微信账号：请写管理后台通讯录里的"账号"。`,
    `"${typed}" is no WeCom account: give the "account" of the contact list in its admin console.`,
  )
const disowned = (id: string): Text =>
  text(
    `本人说过账号 ${id} 不是自己的，已停用。请核对后换一个。`,
    `The person said that the account ${id} is not theirs, and it was ended. Check it and give another.`,
  )
const NO_CODE = text('没有工号。', 'There is no staff code.')
const NO_NAME = text(
  '没有姓名，或超过 40 个字。',
  'There is no name, or it is longer than 40 characters.',
)
const NO_UNIT = text('没有机构：请写机构代码或名称。', 'There is no unit: give its code or name.')
